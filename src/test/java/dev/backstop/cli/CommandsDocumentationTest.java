package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Document;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the documented verbs and exit codes with the command line. */
class CommandsDocumentationTest {

  private static final Pattern VERB = Pattern.compile("(?:`|\\$ |bin/)backstop ([a-z-]+)");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

  @Test
  void everyVerbIsDocumentedAndNoOther() {
    List<String> documented =
        Document.of("README.md").firstColumn("verbs").stream()
            .map(usage -> usage.split(" ", 2)[0])
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(verbs());
  }

  @Test
  void everyOptionOfAVerbInTheTableExists() {
    var commands = Backstop.commands(session()).getSubcommands();
    for (String usage : Document.of("README.md").firstColumn("verbs")) {
      String verb = usage.split(" ", 2)[0];
      Pattern.compile("(?<=[\\[ |])--?[a-z-]+")
          .matcher(usage)
          .results()
          .forEach(
              option ->
                  assertThat(
                          Objects.requireNonNull(commands.get(verb)).getCommandSpec().optionsMap())
                      .as(verb)
                      .containsKey(option.group()));
    }
  }

  @Test
  void everyCommandInTheDocumentsIsOne() {
    List<String> used = new ArrayList<>();
    for (String name : Document.ALL) {
      VERB.matcher(Document.of(name).text()).results().forEach(match -> used.add(match.group(1)));
    }
    assertThat(used).hasSizeGreaterThan(10);
    assertThat(verbs()).containsAll(used);
  }

  @ParameterizedTest
  @MethodSource("commandsToType")
  void everyCommandForOperatorsCanBeTyped(String command) {
    List<String> words =
        WORD.matcher(command)
            .results()
            .map(word -> word.group(1) == null ? word.group() : word.group(1))
            .skip(1)
            .toList();

    assertThat(Backstop.commands(session()).parseArgs(words.toArray(String[]::new)).subcommand())
        .isNotNull();
  }

  /** Lists the commands of the runbooks, of the onboarding and of the Chinese documents. */
  static Stream<String> commandsToType() throws IOException {
    List<String> commands = new ArrayList<>();
    try (Stream<Path> runbooks = Files.list(Path.of("docs", "runbooks"));
        Stream<Path> chinese = Files.list(Path.of("docs", "zh"))) {
      Stream<Path> pages =
          Stream.of(
                  runbooks,
                  chinese,
                  Stream.of(Path.of("README.zh-CN.md"), Path.of("docs", "onboarding.md")))
              .flatMap(all -> all);
      for (String page : pages.map(Path::toString).sorted().toList()) {
        Document.of(page).blocks().stream()
            .filter(block -> block.language().equals("sh"))
            .flatMap(block -> block.lines().stream())
            .filter(line -> line.startsWith("backstop "))
            .forEach(commands::add);
        Pattern.compile("`(backstop [^`]+)`")
            .matcher(Document.of(page).text())
            .results()
            .forEach(inText -> commands.add(inText.group(1)));
      }
    }
    return commands.stream().distinct();
  }

  @Test
  void exitCodesReadAsTheProgramSaysThem() {
    Document.of("docs/reference.md")
        .assertTable(
            "exit-codes",
            List.of("code", "meaning"),
            Arrays.stream(ExitCode.values())
                .map(code -> List.of(String.valueOf(code.code()), code.words()))
                .toList());
  }

  private static Set<String> verbs() {
    return Backstop.commands(session()).getSubcommands().keySet();
  }

  /** Returns what the verbs are described with; none of them runs. */
  static Session session() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return new Session(
        new FakeApplication()::on,
        new FakeForce()::on,
        new FakeDemoService(),
        new Terminal(nowhere, nowhere, Set.of(), Map.of()),
        new ReloadSignals(),
        Clock.fixed(Samples.NOW, ZoneOffset.UTC),
        time -> false,
        Path.of("/nowhere"),
        Path.of("/nowhere"));
  }
}
