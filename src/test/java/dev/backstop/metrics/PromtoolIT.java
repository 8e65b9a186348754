package dev.backstop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Need.PROMTOOL)
class PromtoolIT {

  @Test
  void prometheusOwnLintFindsNothing(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path text = folder.resolve("metrics.txt");
    Path said = folder.resolve("said.txt");
    Files.writeString(text, MetricsStory.told().prometheusText(), StandardCharsets.UTF_8);

    Process promtool =
        new ProcessBuilder(Need.PROMTOOL.require().toString(), "check", "metrics")
            .redirectInput(text.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEmptyFile();
    assertThat(promtool.exitValue()).isZero();
  }
}
