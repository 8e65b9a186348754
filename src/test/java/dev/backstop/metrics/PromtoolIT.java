package dev.backstop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import dev.backstop.testing.Promtool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Need.PROMTOOL)
class PromtoolIT {

  @Test
  void prometheusOwnLintFindsNothing(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path text = folder.resolve("metrics.txt");
    Files.writeString(text, MetricsStory.told().prometheusText(), StandardCharsets.UTF_8);

    assertThat(Promtool.lint(text)).isEmpty();
  }
}
