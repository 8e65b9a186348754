package dev.backstop.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromtoolIT {

  @Test
  void prometheusOwnLintFindsNothing(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(isInstalled(), "promtool is not installed");
    Path text = folder.resolve("metrics.txt");
    Path said = folder.resolve("said.txt");
    Files.writeString(text, MetricsStory.told().prometheusText(), StandardCharsets.UTF_8);

    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(text.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEmptyFile();
    assertThat(promtool.exitValue()).isZero();
  }

  private static boolean isInstalled() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
  }
}
