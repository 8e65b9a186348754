package dev.backstop.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NeedsTest {

  private static final Pattern OTHER_WAYS_TO_SKIP =
      Pattern.compile(
          "\\bassume(True|False|That|ThatCode)?\\(|\\bAssumptions\\b|@Disabled|@Enabled(If|On|For)");

  @Test
  void absentProgramSkipsTheTest_withWhatToType() {
    ConditionEvaluationResult result =
        NeedsCondition.evaluate(List.of(Need.PROMTOOL, Need.KERNEL), each -> false, false);
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason().orElse(""))
        .startsWith("needs promtool: apt-get install -y prometheus; needs the OceanBase kernel: ");
  }

  @Test
  void absentProgramFailsTheTest_inCi() {
    assertThatThrownBy(() -> NeedsCondition.evaluate(List.of(Need.PROMTOOL), each -> false, true))
        .hasMessageContaining("needs promtool: apt-get install -y prometheus");
  }

  @Test
  void presentProgramsLetItRun() {
    assertThat(NeedsCondition.evaluate(List.of(Need.PROMTOOL), each -> true, true).isDisabled())
        .isFalse();
  }

  @Test
  void kernelLiesInTheCacheFolder() {
    assertThat(Need.kernelFolder(Map.of("HOME", "/home/a", "XDG_CACHE_HOME", "/c")))
        .isEqualTo(Path.of("/c/backstop/kernel"));
    assertThat(Need.kernelFolder(Map.of("HOME", "/home/a", "XDG_CACHE_HOME", "")))
        .isEqualTo(Path.of("/home/a/.cache/backstop/kernel"));
  }

  /** What a person is told to install is what the build installs. */
  @ParameterizedTest
  @EnumSource(
      value = Need.class,
      names = {"ROOT", "MOUNTS", "ONLINE_BUILD"},
      mode = EnumSource.Mode.EXCLUDE)
  void ciInstallsIt(Need need) throws IOException {
    String[] words = need.install().split(" ", -1);
    assertThat(Files.readString(Path.of(".ci", "run"))).contains(words[words.length - 1]);
  }

  @Test
  void noTestSkipsItselfInAnotherWay() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
      List<Path> files =
          sources
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("NeedsTest.java"))
              .filter(file -> !file.endsWith("NeedsCondition.java"))
              .toList();
      assertThat(files).hasSizeGreaterThan(100);
      assertThat(files.stream().filter(NeedsTest::skipsInAnotherWay)).isEmpty();
    }
  }

  private static boolean skipsInAnotherWay(Path file) {
    try {
      return OTHER_WAYS_TO_SKIP.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
