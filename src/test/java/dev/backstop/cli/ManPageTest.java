package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ManPageTest {

  private final CommandLine commands = Backstop.commands(CommandsDocumentationTest.session());
  private final String page = ManPage.of(commands, "1.0.0");

  @Test
  void namesEveryVerbWithItsOptions() {
    assertThat(page).startsWith(".TH BACKSTOP 1 \"\" \"Backstop 1.0.0\"");
    commands
        .getSubcommands()
        .forEach(
            (verb, command) -> {
              assertThat(page).contains(".SS \"" + escaped(verb));
              command
                  .getCommandSpec()
                  .optionsMap()
                  .forEach((name, option) -> assertThat(page).contains(escaped(name)));
            });
  }

  @Test
  void namesEveryExitCode() {
    for (ExitCode code : ExitCode.values()) {
      assertThat(page).contains(".B " + code.code() + "\n");
    }
  }

  @Test
  void hasNoTextThatReadsAsARequest() {
    assertThat(page.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|B|BR|I|RI)( .*)?"));
    assertThat(page).doesNotContain("%n", "@|");
  }

  private static String escaped(String text) {
    return text.replace("-", "\\-");
  }
}
