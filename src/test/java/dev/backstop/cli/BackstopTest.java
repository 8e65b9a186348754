package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.command.Application.Check;
import dev.backstop.command.Validation;
import dev.backstop.daemon.BackstopException;
import dev.backstop.force.ForceOutcome;
import dev.backstop.plan.State;
import dev.backstop.state.StoreException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types commands, and looks at what the application was asked, what is shown and the exit code. */
class BackstopTest {

  private static final Path FOLDER = Path.of("/nowhere/at/all");

  private final FakeApplication application = new FakeApplication();
  private final FakeForce force = new FakeForce();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private int pictures = 1;

  private int type(String... arguments) {
    return typeOn(
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), Set.of(), Map.of()),
        arguments);
  }

  /** Types a command at a terminal, and an answer to what it asks. */
  private int answer(String answer, String... arguments) {
    return typeOn(
        new Terminal(
            new StringReader(answer),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Set.of("in", "out"),
            Map.of("NO_COLOR", "1")),
        arguments);
  }

  private int typeOn(Terminal terminal, String... arguments) {
    Session session =
        new Session(
            application::on,
            force::on,
            new FakeDemoService(),
            terminal,
            new ReloadSignals(),
            Clock.fixed(Samples.NOW, ZoneOffset.UTC),
            time -> --pictures > 0,
            FOLDER,
            Path.of("/nowhere/installed"));
    return Backstop.execute(session, arguments);
  }

  @Test
  void helpIsAVerbToo() {
    assertThat(type("help")).isZero();
    assertThat(out.toString()).contains("Verbs:", "validate");
    assertThat(type("help", "plan")).isZero();
    assertThat(out.toString()).contains("--detailed-exitcode");
  }

  @Test
  void lastResortIsNeverSuggested() {
    assertThat(type("cancel-all-backup")).isEqualTo(64);
    assertThat(err.toString()).doesNotContain("force");
  }

  @Test
  void whatCanNotBeDecodedIsRefused() {
    assertThat(type("disarm", "a", "--reason", "\ufffd\ufffd")).isEqualTo(64);
    assertThat(err.toString()).contains("can't be decoded", "use a UTF-8 locale");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "plann                            | Did you mean: backstop plan",
        "plan --detailed                  | --detailed-exitcode",
        "plan -o xml                      | 'xml' is no format; write text or json",
        "apply --timeout 5                | '5' is no duration; write one such as 500ms, 10s",
        "history --since yesterday        | 'yesterday' is neither a duration nor a time",
        "approve                          | Missing required",
        "approve x                        | --reason=R",
        "approve --reason  x              | '' is no reason; say why, for history",
        "disarm --reason  a               | '' is no reason; say why, for history",
        "forget --reason  x               | '' is no reason; say why, for history",
        "disarm --reason r                | Name a CLUSTER, or all of them by --all",
        "disarm a --all --reason r        | mutually exclusive",
        "disarm a --reason r --until 2020-01-01 | --until 2020-01-01T00:00:00Z has passed",
        "disarm a --reason r --until=-300000000-01-01T00:00:00Z | -300000000-01-01T00:00:00Z has"
            + " passed",
        "disarm a --reason r --until 99999999999d | is neither a duration nor a time",
        "history --since +9999999999-01-01 | is neither a duration nor a time",
        "schema foo                       | 'foo' has no schema; write policy or conf",
        "cancel-all-backup-force          | Missing required parameter: 'CLUSTER'",
        "cancel-all-backup-force a --confirm b --reason r | --confirm is 'b', not 'a'",
        "cancel-all-backup-force a --confirm A --reason r | --confirm is 'A', not 'a'",
        "cancel-all-backup-force a --confirm a | --confirm needs --reason R",
        "cancel-all-backup-force a --reason r  | --reason goes with --confirm CLUSTER",
        "cancel-all-backup-force a b           | Unmatched argument",
        "halp me                          | there is no verb 'halp'",
        "simulate --port 70000            | --port is 0 (any free one) to 65535, not 70000",
        "~~                               | a verb is missing",
      })
  void mistakeInTheCommandEndsWith64AndAHint(String typed, String hint) {
    String[] arguments = typed.isEmpty() ? new String[0] : typed.trim().split(" ", -1);
    assertThat(type(arguments)).isEqualTo(64);
    assertThat(err.toString()).startsWith("backstop: ").contains(hint).contains("--help'.");
    assertThat(err.toString()).doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
    assertThat(application.asked).isEmpty();
  }

  @Test
  void confIsUnderstoodBeforeAndAfterTheVerb_relativeToTheCallersFolder() {
    assertThat(type("--conf", "a.yaml", "plan")).isZero();
    assertThat(type("plan", "--conf", "/etc/b.yaml")).isZero();
    assertThat(type("plan")).isZero();
    assertThat(application.confs)
        .containsExactly(
            FOLDER.resolve("a.yaml"), Path.of("/etc/b.yaml"), FOLDER.resolve("conf/backstop.yaml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plan -c b -c a            | plan [a, b]",
        "status                    | status []",
        "apply -c a --timeout 90s  | apply [a] PT1M30S",
        "apply                     | apply [] PT15M",
        "history                   | history null 2026-02-28T10:00:00Z",
        "history -c a --since 2h   | history a 2026-03-01T08:00:00Z",
        "history -c hz-* -c a      | history a,hz-* 2026-02-28T10:00:00Z",
        "history --since 2026-02-01| history null 2026-02-01T00:00:00Z",
        "approve h1 --reason why   | approve h1 why",
        "forget p --reason why     | forget p why",
        "forget p --reason why --no-daemon | forget p why without daemon",
        "approve h1 --reason why --no-daemon | approve h1 why without daemon",
        "arm a --no-daemon         | arm a armed without daemon",
        "arm a --reason done --yes | arm a done",
        "approve h1 --only hz --reason why | approve h1 of hz why",
        "disarm a --reason why     | disarm a why null",
        "disarm --all --reason r --until 1d | disarm * r 2026-03-02T10:00:00Z",
        "disarm a --reason r --until 3650000d | disarm a r +12019-07-11T10:00:00Z",
        "disarm a --reason r --until 9999-12-31T23:59:59Z | disarm a r 9999-12-31T23:59:59Z",
        "disarm a --reason r --until +999999999-12-31 | disarm a r +999999999-12-31T00:00:00Z",
        "history --since 999999999d | history null -2735881-02-28T10:00:00Z",
        "history --since -300000000-01-01 | history null -300000000-01-01T00:00:00Z",
        "doctor -c a               | doctor [a]",
        "validate p.yaml           | validate [/nowhere/at/all/p.yaml]",
      })
  void verbAsksTheApplication(String typed, String asked) {
    assertThat(type(typed.split(" ", -1))).isZero();
    assertThat(application.asked).containsExactly(asked);
  }

  @Test
  void lastResortOnlyShowsUntilItIsConfirmed() {
    assertThat(type("cancel-all-backup-force", "a", "--even-so")).isZero();
    assertThat(force.asked).containsExactly("backstop.yaml", "show a");
    assertThat(out.toString()).isEqualTo("what it ends\n");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PROVEN, 0",
    "FAILED, 1",
    "NEEDS_PERSON, 3",
    "NOT_PROVEN, 4",
    "NOT_READABLE, 5",
    "WRONG_CLUSTER, 6",
  })
  void lastResortEndsWithTheCodesOfApply(ForceOutcome outcome, int code) {
    force.outcome = outcome;
    assertThat(
            type("cancel-all-backup-force", "a", "--confirm", "a", "--reason", "why", "--even-so"))
        .isEqualTo(code);
    assertThat(force.asked.get(1))
        .isEqualTo("Order[cluster=a, reason=why, evenSo=true, timeout=PT15M]");
    assertThat(application.asked).isEmpty();
  }

  @Test
  void armShowsThePlanFirst() {
    assertThat(type("arm", "--all")).isZero();
    assertThat(application.asked).containsExactly("arm * armed");
    assertThat(out.toString()).isEqualTo("Nothing would be sent now.\narmed\n");
  }

  @Test
  void armAsksOnATerminalAndChangesNothingWithoutAYes() {
    assertThat(answer("y\n", "arm", "a")).isZero();
    assertThat(answer("no\n", "arm", "--all")).isEqualTo(1);
    assertThat(answer("", "arm", "a")).isEqualTo(1);
    assertThat(answer("", "arm", "a", "--yes")).isZero();
    assertThat(err.toString())
        .isEqualTo(
            """
            Arm a? [y/N] Arm every cluster? [y/N] Nothing was changed.
            Arm a? [y/N] Nothing was changed.
            """);
  }

  @Test
  void planAndApplyEndWithTheirCodes() {
    application.overview = Samples.overview(Samples.report(State.HELD, State.STOPPED));
    assertThat(type("plan")).isZero();
    assertThat(type("plan", "--detailed-exitcode")).isEqualTo(3);
    assertThat(type("apply")).isEqualTo(3);
    assertThat(err.toString()).contains("c secondary data HELD: no jobs");
  }

  @Test
  void invalidPolicyFileIsTheHighestCodeOfPlanAndApply() {
    application.overview = Samples.busy();
    assertThat(type("plan")).isEqualTo(78);
    assertThat(type("plan", "--detailed-exitcode")).isEqualTo(78);
    assertThat(type("apply")).isEqualTo(78);
    assertThat(type("status")).isZero();
  }

  @Test
  void jsonIsAloneOnStandardOutput() {
    application.overview = Samples.busy();
    assertThat(type("plan", "-o", "json")).isEqualTo(78);
    assertThat(out.toString()).startsWith("{").endsWith("}\n").contains("\"statements\"");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void watchShowsOnePictureAfterTheOther() {
    pictures = 3;
    assertThat(type("status", "--watch")).isZero();
    assertThat(application.asked).containsExactly("status []", "status []", "status []");
  }

  @Test
  void invalidFilesEndWith78AndOnlyTheirMistakes() {
    application.failure = BackstopException.invalidFile(List.of("c.yaml:1:2: a", "c.yaml:3:4: b"));
    assertThat(type("plan")).isEqualTo(78);
    assertThat(err.toString()).isEqualTo("c.yaml:1:2: a\nc.yaml:3:4: b\n");
  }

  @Test
  void validateListsEveryMistakeAndEndsWith78() {
    application.validation =
        new Validation(
            List.of("p.yaml:1:1: wrong"), List.of("a and b contradict"), List.of(), List.of());
    assertThat(type("validate")).isEqualTo(78);
    assertThat(err.toString())
        .isEqualTo("warning: a and b contradict\np.yaml:1:1: wrong\n1 mistake found.\n");
  }

  @Test
  void unknownClusterIsAUsageError() {
    application.failure = BackstopException.usage("no cluster x in the configuration");
    assertThat(type("plan", "-c", "x")).isEqualTo(64);
    assertThat(err.toString()).isEqualTo("backstop: no cluster x in the configuration\n");
  }

  @Test
  void storeThatFailsIsOneLine() {
    application.failure = new StoreException("state/backstop.db can't be read");
    assertThat(type("status")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("backstop: state/backstop.db can't be read\n");
  }

  @Test
  void faultOfOursIsToldWithItsTrace() {
    application.failure = new IllegalStateException("broken invariant");
    assertThat(type("status")).isEqualTo(1);
    assertThat(err.toString()).contains("please report this").contains("broken invariant");
  }

  @Test
  void doctorEndsWithOneWhereSomethingNeedsARepair() {
    application.checks = List.of(new Check("a", "login", false, "refused", "mend the password"));
    assertThat(type("doctor")).isEqualTo(1);
    assertThat(out.toString())
        .endsWith("1 cluster: 0 well, 1 in need of a repair: a\n1 thing needs a repair.\n");
  }

  @Test
  void doctorSumsUpClustersAndWarnings() {
    application.checks =
        List.of(
            new Check("store", "file", true, "passes its check", ""),
            new Check("a", "login", true, "works", ""),
            new Check("b", "tenant x", true, "warning: the server knows no such tenant", "mend"));
    assertThat(type("doctor")).isZero();
    assertThat(out.toString()).endsWith("2 clusters: 2 well\n1 warning. All is well.\n");
  }

  @Test
  void notifySendsATestMessageByTheNotificationOfThatName() {
    assertThat(type("notify", "--test", "dba")).isZero();
    assertThat(application.asked).containsExactly("notify dba");
    assertThat(out.toString()).isEqualTo("notified\n");
    assertThat(type("notify")).isEqualTo(64);
    assertThat(type("completion", "--notifications")).isZero();
    assertThat(out.toString()).isEqualTo("notified\ndba\npager\n");
  }

  @Test
  void completionAsksForTheNamesOfClusters() {
    assertThat(type("completion")).isZero();
    assertThat(out.toString())
        .contains("CLUSTER_option_args=($(_backstop_clusters))", "_backstop_ask --clusters")
        .doesNotContain(ClusterNames.MARK, NotificationNames.MARK);
    out.getBuffer().setLength(0);
    assertThat(type("completion", "--clusters")).isZero();
    assertThat(out.toString()).isEqualTo("bj\nhz-prod\n");
  }

  @Test
  void schemasVersionHelpAndCompletionArePrinted() {
    assertThat(type("schema", "policy")).isZero();
    assertThat(type("schema", "conf")).isZero();
    assertThat(type("--version")).isZero();
    assertThat(type("plan", "--help")).isZero();
    assertThat(type("completion")).isZero();
    assertThat(out.toString())
        .contains("\"$schema\"", "backstop ", "--detailed-exitcode", "complete -F");
    assertThat(err.toString()).isEmpty();
  }
}
