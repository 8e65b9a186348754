package dev.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads spoiled files, always the same ones; {@code bin/fuzz} reads ever new ones. */
class FuzzedFilesIT {

  private static final int FILES = 3_000;

  static List<Path> policies() {
    return BadFiles.in("fuzz/policy");
  }

  static List<Path> confs() {
    return BadFiles.in("fuzz/conf");
  }

  static List<Path> schedules() {
    return BadFiles.in("fuzz/schedule");
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void scheduleThatWasFoundOnce_staysMended(Path file) {
    assertThat(ReaderTrial.schedule(Scribble.bytes(file))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void policyThatWasFoundOnce_staysMended(Path file) {
    assertThat(ReaderTrial.policy(Scribble.bytes(file))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("confs")
  void configurationThatWasFoundOnce_staysMended(Path file) {
    assertThat(ReaderTrial.conf(Scribble.bytes(file))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"})
  void placeOfAFlaw_isCountedByEveryLineBreakOfYaml(String lineBreak) {
    String text = "name: a" + lineBreak + "cluster: \u0007";

    assertThat(FileText.of(text.getBytes(StandardCharsets.UTF_8), SizeLimit.POLICY).end())
        .isEqualTo(new Node.Place(2, 10));
  }

  @Test
  void spoiledPolicies_areReadOrRefusedWithTheirPlace() {
    Scribble scribble = Scribble.over("policies/hz-prod.yaml", "src/test/resources/policies/bad");

    assertThat(told(scribble, ReaderTrial::policy)).hasSizeGreaterThan(30).contains("good");
  }

  @Test
  void spoiledConfigurations_areReadOrRefusedWithTheirPlace() {
    Scribble scribble = Scribble.over("conf/backstop.yaml", "src/test/resources/conf/bad");

    assertThat(told(scribble, ReaderTrial::conf)).hasSizeGreaterThan(30).contains("good");
  }

  @Test
  void spoiledSchedules_areReadOrRefused() {
    Scribble scribble =
        Scribble.over(
            "src/test/resources/fuzz/schedule/names.yaml", "src/test/resources/fuzz/schedule");

    assertThat(told(scribble, ReaderTrial::schedule)).hasSizeGreaterThan(5).contains("good");
  }

  /** Returns the different things that were told. */
  private static Set<String> told(Scribble scribble, Function<byte[], String> trial) {
    Set<String> told = new TreeSet<>();
    LongStream.range(0, FILES).forEach(seed -> told.add(trial.apply(scribble.file(seed))));
    return told;
  }
}
