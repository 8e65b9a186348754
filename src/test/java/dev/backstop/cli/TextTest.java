package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.HistoryText;
import dev.backstop.cli.text.TextStyle;
import dev.backstop.command.Application.Check;
import dev.backstop.command.Overview;
import dev.backstop.command.Validation;
import dev.backstop.json.Json;
import dev.backstop.observation.Kind;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares what people read with the files in {@code src/test/resources/cli}. */
class TextTest {

  private static final Actor DAEMON = new Actor("backstop-1", "daemon", "backstop-1");

  @Test
  void planTellsWhatWouldBeSentAndWhomItHits() throws IOException {
    expect("plan.txt", PlanCommand.lines(Samples.busy(), false));
  }

  @Test
  void statusTellsTheAgeOfEachLook() throws IOException {
    expect("status.txt", StatusCommand.lines(Samples.busy(), Samples.NOW, false, true));
  }

  @Test
  void statusShowsProblemsFirstAndOneLineForWhatIsFine() throws IOException {
    Overview busy = Samples.busy();
    List<Report> reports = new ArrayList<>();
    reports.add(
        Samples.report(
            "fine",
            Samples.kind(Kind.DATA, State.STOPPED, ReasonCode.NO_JOBS),
            Samples.kind(Kind.LOG, State.PERMITTED, ReasonCode.POLICY_ON)));
    reports.add(Report.unmanaged("idle", "backstop-1", Samples.NOW));
    reports.addAll(busy.reports());
    Overview fleet =
        new Overview(
            reports,
            busy.policies(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("http"),
            "No daemon works on the state store.");
    expect("status-fleet.txt", StatusCommand.lines(fleet, Samples.NOW, false, false));
  }

  @Test
  void statusWithoutRecordSaysHowToGetOne() throws IOException {
    expect("status-empty.txt", StatusCommand.lines(Samples.overview(), Samples.NOW, false, false));
  }

  @Test
  void applyTellsWhyItIsNotDone() throws IOException {
    expect("apply.txt", ApplyCommand.lines(Samples.busy(), ExitCode.NOT_PROVEN, false));
  }

  @Test
  void historyReadsFromLeftToRight() throws IOException {
    HistoryEntry edited =
        HistoryEntry.of(
            Samples.NOW, DAEMON, "hz-prod", "hz-prod", Event.POLICY_EDITED, "data on to off");
    HistoryEntry sent =
        HistoryEntry.of(
                Samples.NOW.plusMillis(700),
                DAEMON,
                "hz-prod",
                Kind.DATA,
                Event.STATEMENT,
                "policy hz-prod says off")
            .sending(Statement.CANCEL_BACKUPSET, List.of(Samples.SET));
    HistoryEntry answered =
        HistoryEntry.of(
                Samples.NOW.plusSeconds(1),
                DAEMON,
                "hz-prod",
                Kind.DATA,
                Event.STATEMENT_RESULT,
                "")
            .sending(Statement.CANCEL_BACKUPSET, List.of(Samples.SET))
            .ending(SentStatement.Result.ACCEPTED, List.of());
    HistoryEntry approved =
        HistoryEntry.of(
            Samples.NOW.plusSeconds(9),
            new Actor("backstop-1", "ann", "ann-1"),
            "",
            "bj",
            Event.APPROVED,
            "really gone");
    expect("history.txt", new HistoryText(false).lines(List.of(edited, sent, answered, approved)));
  }

  @Test
  void validationShowsTheNextRunsWithTheirZone() throws IOException {
    ZoneId shanghai = ZoneId.of("Asia/Shanghai");
    Validation.ScheduleRuns runs =
        new Validation.ScheduleRuns(
            "hz-prod",
            "policies/hz-prod.yaml",
            "0 0 18 * * ?",
            List.of(
                Samples.NOW.atZone(shanghai), Samples.NOW.plusSeconds(86_400).atZone(shanghai)));
    expect(
        "validate.txt",
        ValidateCommand.lines(
            new Validation(List.of(), List.of(), List.of(runs), List.of()), false));
  }

  @Test
  void doctorTellsTheRepairInTheSameLine() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.addAll(DoctorCommand.lines(new Check("hz-prod", "version", true, "3.1.4", ""), false));
    lines.addAll(
        DoctorCommand.lines(
            new Check(
                "hz-prod",
                "privileges",
                false,
                "ALTER SYSTEM is missing",
                "GRANT ALTER SYSTEM ON *.* TO backstop"),
            false));
    expect("doctor.txt", lines);
  }

  @Test
  void controlCharactersOfAServerNeverReachTheTerminal() {
    assertThat(Cell.of("a\u001b[31mb\nc").text()).isEqualTo("a\\u001b[31mb c");
    // One byte begins a command on some terminals, and others turn the reading direction.
    assertThat(Cell.of("a\u009b31mb\u202ec\u2028d").text())
        .isEqualTo("a\\u009b31mb\\u202ec\\u2028d");
  }

  @Test
  void commandsOfATextAreShownAndOnlyTonesAreObeyed() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new PrintWriter(out), new PrintWriter(err, true), Set.of("out", "err"), Map.of());
    String biting = "\u001b[31mred\u001b[0m\u0085\u009b2J\u202e\u2028";
    String shown = "\\u001b[31mred\\u001b[0m\\u0085\\u009b2J\\u202e\\u2028";

    terminal.print(biting);
    terminal.say(biting + "\n" + TextStyle.BAD.paint(biting, true));
    terminal.err().println(biting);
    terminal.progress(biting);

    assertThat(out.toString()).isEqualTo(shown + "\n");
    assertThat(err.toString())
        .startsWith(shown + " \u001b[31m" + shown + "\u001b[0m\n" + shown + "\n")
        .contains("\u001b[2m" + shown + "\u001b[0m");
  }

  @Test
  void jsonHoldsNoCharacterThatCanNotBeSeen() {
    String biting = "\u0000\u001b\u007f\u0085\u009b\u061c\u200e\u2028\u2029\u202e\u2066\ufeff\\\"割";
    HistoryEntry entry =
        HistoryEntry.of(Samples.NOW, DAEMON, "c", biting, Event.POLICY_EDITED, biting);

    String json = JsonOutput.history(entry);

    assertThat(json)
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
        .contains("\\u202e", "割");
    assertThat(Json.read(json, Map.class).get("reason")).isEqualTo(biting);
  }

  @Test
  void coloursAreThereOnlyWhereAskedFor() {
    assertThat(PlanCommand.lines(Samples.busy(), true)).anyMatch(TextTest::isToned);
    assertThat(PlanCommand.lines(Samples.busy(), false)).noneMatch(TextTest::isToned);
  }

  private static boolean isToned(String line) {
    return line.codePoints().anyMatch(TextStyle::isMark);
  }

  private static void expect(String file, List<String> lines) throws IOException {
    Path expected = Path.of("src/test/resources/cli", file);
    assertThat(lines).containsExactlyElementsOf(Files.readAllLines(expected));
  }
}
