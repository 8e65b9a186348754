package dev.backstop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.PolicyDefaults;
import dev.backstop.config.PolicyReader;
import dev.backstop.config.PolicyReading;
import dev.backstop.schedule.CronExpressions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyWarningsTest {

  private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

  private static final PolicyReader READER =
      new PolicyReader(
          new PolicyDefaults(Duration.ofSeconds(30), ZoneId.of("Asia/Shanghai"), null),
          CronExpressions::problem);

  /** Reads policies of one cluster, each given by the rest of its lines. */
  private static List<String> warnings(String... policies) {
    List<PolicyReading> readings =
        Arrays.stream(policies)
            .map(lines -> "cluster: hz\n" + lines + "\n")
            .map(text -> READER.read("a.yaml", text.getBytes(StandardCharsets.UTF_8), NOW))
            .toList();
    assertThat(readings).allSatisfy(reading -> assertThat(reading.problems()).isEmpty());
    return PolicyWarnings.of(readings, 5, NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule: 0 0 2 * * ?",
        "schedule: 0 0/11 * * * ?",
        "schedule: 0 0/5 * ? * MON-FRI",
        "every: 11m",
        "every: 1d"
      })
  void offThatIsSeldomLookedAt_isWarnedAbout(String schedule) {
    assertThat(warnings("secondaryBackup: off\n" + schedule))
        .containsExactly(
            "a.yaml: secondary data and secondary log are off, but cluster hz is looked at less"
                + " often than every 10 minutes, and what starts in between runs until the next"
                + " look; for example, every: 30s looks often enough");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secondaryBackup: off",
        "secondaryBackup: off\nevery: 10m",
        "secondaryBackup: off\nschedule: 0 0/10 * * * ?",
        "secondaryBackup: on\nschedule: 0 0 2 * * ?"
      })
  void frequentLooksAndPermission_areNotWarnedAbout(String policy) {
    assertThat(warnings(policy)).isEmpty();
  }

  @Test
  void clusterThatAnotherPolicyLooksAtOften_isNotWarnedAbout() {
    assertThat(warnings("secondaryBackup: off\nevery: 1h", "secondaryBackup: on")).isEmpty();
  }

  @Test
  void kindThatIsOff_isTheOneNamed() {
    assertThat(warnings("secondaryBackup: {data: on, log: off}\nevery: 1h"))
        .singleElement()
        .asString()
        .contains("a.yaml: secondary log is off");
  }

  @Test
  void windowIsOffOutside_andABucketOfAnyHostIsWarnedAbout() {
    assertThat(
            warnings(
                "secondaryBackup: on\nevery: 1h\nbackupWindow: [{days: sat}]\n"
                    + "destinations: [\"oss://dr/*\", \"file:///nfs/*\", \"oss://x/*?host=h\"]"))
        .satisfiesExactly(
            seldom ->
                assertThat(seldom)
                    .startsWith(
                        "a.yaml: secondary data and secondary log are off outside the backup"
                            + " window, but cluster hz is looked at less often"),
            host ->
                assertThat(host)
                    .isEqualTo(
                        "a.yaml: destinations: oss://dr/* lists the bucket of any host; add"
                            + " ?host=... to name one"));
  }

  @Test
  void limitsWithoutAnOn_areWarnedAbout() {
    assertThat(warnings("secondaryBackup: off\nbackupWindow: [{days: sat}]"))
        .containsExactly(
            "a.yaml: backupWindow, maxRuntime and destinations limit an on, and secondaryBackup is"
                + " off: it stays off at all times; write secondaryBackup: on where jobs may run"
                + " within them");
    assertThat(warnings("secondaryBackup: {data: off, log: on}\nmaxRuntime: 8h")).isEmpty();
  }

  @Test
  void numbersOfWeekdays_areWarnedAbout() {
    assertThat(warnings("secondaryBackup: on\nschedule: 0 0 2 ? * 1-5"))
        .containsExactly(
            "a.yaml: schedule '0 0 2 ? * 1-5': in Quartz weekday 1 is Sunday, so 1-5 is SUN-THU;"
                + " write MON-FRI where that is meant, else SUN-THU");
  }

  @Test
  void expressionThatEnds_isWarnedAboutWithWhatFollows() {
    assertThat(warnings("secondaryBackup: on\nschedule: 0 0 0 1 12 ? 2026"))
        .containsExactly(
            "a.yaml: schedule '0 0 0 1 12 ? 2026': has its last run at"
                + " 2026-12-01T00:00+08:00[Asia/Shanghai]; after it the cluster is looked at every"
                + " 30s");
  }
}
