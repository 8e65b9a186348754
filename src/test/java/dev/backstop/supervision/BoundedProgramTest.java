package dev.backstop.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedProgramTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Prints those of its arguments that are names of variables, and no value. */
  private static final String PRINT =
      "for name; do printenv $name > /dev/null && echo $name; done; :";

  /** Returns which of these variables a program finds, where the environment has all of them. */
  private static List<String> inherited(String... names) throws Exception {
    List<String> words = new ArrayList<>(List.of("sh", "-c", PRINT, "sh"));
    words.addAll(List.of(names));
    ProcessBuilder builder = new ProcessBuilder(words);
    for (String name : names) {
      builder.environment().putIfAbsent(name, "s3cret");
    }
    try (BoundedProgram program = BoundedProgram.start("sh", builder, TIMEOUT)) {
      byte[] printed = program.process().getInputStream().readAllBytes();
      program.awaitSuccess("");
      return new String(printed, StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void programGetsNoPasswordOfOthers_andEverythingElse() throws Exception {
    BoundedProgram.withhold(Set.of("OB_TEST_PASSWORD"));
    BoundedProgram.withhold(Set.of("OB_TEST_OTHER"));

    assertThat(
            inherited("PATH", "HOME", "LANG", "HTTPS_PROXY", "OB_TEST_PASSWORD", "OB_TEST_OTHER"))
        .containsExactly("PATH", "HOME", "LANG", "HTTPS_PROXY");
  }

  @Test
  void programDoesNotSpeakToTheServiceManagerForTheDaemon() throws Exception {
    assertThat(inherited("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "PATH"))
        .containsExactly("PATH");
  }
}
