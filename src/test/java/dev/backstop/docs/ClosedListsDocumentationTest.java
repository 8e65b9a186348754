package dev.backstop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.ConfReader;
import dev.backstop.config.ConfReading;
import dev.backstop.config.Description;
import dev.backstop.config.PolicyDefaults;
import dev.backstop.config.PolicyReader;
import dev.backstop.config.PolicyReading;
import dev.backstop.config.Problem;
import dev.backstop.listener.EventLevels;
import dev.backstop.oceanbase.StatementErrors;
import dev.backstop.plan.DecisionRule;
import dev.backstop.plan.Guard;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.Mode;
import dev.backstop.schedule.CronExpressions;
import dev.backstop.state.Event;
import dev.backstop.testing.Document;
import dev.backstop.testing.Document.Block;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Compares what the documentation lists with the enums, the readers and the source tree. */
class ClosedListsDocumentationTest {

  private static final Document REFERENCE = Document.of("docs/reference.md");
  private static final Document README = Document.of("README.md");
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void statesAreTheProgramsInItsOrder() {
    assertThat(REFERENCE.firstColumn("states")).isEqualTo(names(State.values()));
    assertThat(List.of("docs/operators.md", "docs/zh/operations.md"))
        .allSatisfy(
            name ->
                assertThat(Document.of(name).firstColumn("states"))
                    .isEqualTo(names(State.values())));
  }

  @Test
  void reasonCodesAreThePrograms() {
    assertThat(REFERENCE.firstColumn("reason-codes"))
        .isEqualTo(Arrays.stream(ReasonCode.values()).map(ReasonCode::word).toList());
  }

  @Test
  void eventsAreThePrograms() {
    assertThat(REFERENCE.firstColumn("events"))
        .isEqualTo(Arrays.stream(Event.values()).map(Event::word).toList());
  }

  @Test
  void warningsOfTheLogAreThePrograms() {
    String text = REFERENCE.text().replaceAll("\\s+", " ");
    String list =
        text.substring(
            text.indexOf("In the daemon's log, these are at WARN:"),
            text.indexOf("; the others are at INFO"));
    assertThat(quoted(list))
        .isEqualTo(
            Arrays.stream(Event.values())
                .filter(event -> EventLevels.of(event) == Level.WARN)
                .map(Event::word)
                .toList());
  }

  private static List<String> quoted(String text) {
    return Pattern.compile("`([^`]+)`").matcher(text).results().map(one -> one.group(1)).toList();
  }

  @Test
  void outcomesAreThePrograms() {
    assertThat(REFERENCE.firstColumn("outcomes"))
        .isEqualTo(
            names(SentStatement.Result.values()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void errorsOfStatementsReadAsTheProgramTakesThem() {
    REFERENCE.assertTable(
        "answers",
        List.of("error", "CANCEL", "STOP", "FORCE", "what the server says"),
        Arrays.stream(StatementErrors.values())
            .map(
                answer ->
                    List.of(
                        String.valueOf(answer.code()),
                        outcome(answer, StatementErrors.Verb.CANCEL),
                        outcome(answer, StatementErrors.Verb.STOP),
                        outcome(answer, StatementErrors.Verb.FORCE),
                        answer.meaning()))
            .toList());
  }

  private static String outcome(StatementErrors answer, StatementErrors.Verb verb) {
    return code(answer.result(verb).name().toLowerCase(Locale.ROOT));
  }

  @Test
  void heldReasonsReadAsTheProgramSaysThem() {
    REFERENCE.assertTable(
        "held-reasons",
        List.of("reason", "why it waits for a person"),
        Arrays.stream(HoldReason.values())
            .map(reason -> List.of(code(reason.word()), reason.words()))
            .toList());
  }

  @Test
  void guardsReadAsTheyPromise() {
    REFERENCE.assertTable(
        "guards",
        List.of("guard", "what holds whenever a statement is sent"),
        Arrays.stream(Guard.values())
            .map(guard -> List.of(code(guard.name()), guard.promise()))
            .toList());
  }

  @Test
  void decisionReadsAsTheProgramDecides() {
    Document.of("docs/architecture.md")
        .assertTable(
            "decision",
            List.of("when", "state", "action"),
            Arrays.stream(DecisionRule.values())
                .map(
                    rule ->
                        List.of(
                            rule.when(),
                            rule.states().stream()
                                .map(State::name)
                                .collect(Collectors.joining(", ")),
                            rule.action()))
                .toList());
  }

  @Test
  void settingsReadAsTheProgramDescribesThem() {
    README.assertTable("settings", List.of("key", "default", "meaning"), Description.confTable());
  }

  @Test
  void policyKeysReadAsTheProgramDescribesThem() {
    REFERENCE.assertTable(
        "policy-keys", List.of("key", "default", "meaning"), Description.policyTable());
  }

  @Test
  void policiesInTheDocumentsAreGood() {
    List<Block> policies = blocks("yaml", "policy");
    assertThat(policies).isNotEmpty();
    PolicyReader reader =
        new PolicyReader(
            new PolicyDefaults(Duration.ofSeconds(30), ZoneOffset.UTC, null),
            CronExpressions::problem);
    for (Block block : policies) {
      PolicyReading reading =
          reader.read("example.yaml", block.text().getBytes(StandardCharsets.UTF_8), NOW);
      assertThat(reading.problems()).isEmpty();
    }
  }

  @Test
  void configurationsInTheDocumentsAreGood() {
    List<Block> configurations = blocks("yaml", "conf");
    assertThat(configurations).isNotEmpty();
    for (Block block : configurations) {
      assertThat(problems(block.text().getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
  }

  @Test
  void installedConfigurationIsGood_andSendsNothing() throws IOException {
    ConfReading reading =
        new ConfReader("host", ZoneOffset.UTC).read(Path.of("packaging", "conf", "backstop.yaml"));

    assertThat(reading.problems()).isEmpty();
    assertThat(Objects.requireNonNull(reading.settings()).mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void shippedExamplesAreGood() throws IOException {
    Path conf = Path.of("conf", "backstop.yaml");
    ConfReading reading = new ConfReader("host", ZoneOffset.UTC).read(conf);
    assertThat(reading.problems()).isEmpty();
    PolicyReader reader =
        new PolicyReader(
            PolicyDefaults.of(Objects.requireNonNull(reading.settings())),
            CronExpressions::problem);
    Path policy = Path.of("policies", "hz-prod.yaml");
    assertThat(reader.read(policy.toString(), Files.readAllBytes(policy), NOW).problems())
        .isEmpty();
  }

  @Test
  void everyYamlBlockSaysWhatItIs() {
    assertThat(
            Document.ALL.stream()
                .flatMap(name -> Document.of(name).blocks().stream())
                .filter(block -> block.language().equals("yaml")))
        .allSatisfy(block -> assertThat(block.label()).isIn("policy", "conf", "notifications"));
  }

  @Test
  void everyFileThatIsLinkedIsThere() throws IOException {
    for (String name : allDocuments()) {
      Path folder = Objects.requireNonNullElse(Path.of(name).getParent(), Path.of(""));
      assertThat(Document.of(name).links().stream().filter(link -> !link.isEmpty()))
          .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
    }
  }

  private static List<String> allDocuments() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Document.ALL.stream(),
              files.map(Path::toString).filter(name -> name.endsWith(".md")).sorted())
          .distinct()
          .toList();
    }
  }

  @Test
  void theReadmeBeginsWithTheTwoCommands() {
    assertThat(README.text().lines().limit(6).toList())
        .element(3)
        .asString()
        .startsWith("bin/backstop demo");
    assertThat(README.text().lines().limit(6).toList())
        .element(4)
        .asString()
        .startsWith("mvn -B verify");
  }

  private static List<Problem> problems(byte[] bytes) {
    return new ConfReader("host", ZoneOffset.UTC)
        .read(Path.of("/srv", "conf", "backstop.yaml"), bytes)
        .problems();
  }

  private static List<Block> blocks(String language, String label) {
    return Document.ALL.stream()
        .flatMap(name -> Document.of(name).blocks().stream())
        .filter(block -> block.language().equals(language) && block.label().equals(label))
        .toList();
  }

  private static String code(String word) {
    return "`" + word + "`";
  }

  private static List<String> names(Enum<?>... constants) {
    return Stream.of(constants).map(Enum::name).toList();
  }
}
