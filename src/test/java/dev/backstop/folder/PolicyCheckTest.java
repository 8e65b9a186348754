package dev.backstop.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.PolicyDefaults;
import dev.backstop.config.PolicyReader;
import dev.backstop.config.Problem;
import dev.backstop.schedule.CronExpressions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCheckTest {

  private static final PolicyReader READER =
      new PolicyReader(
          new PolicyDefaults(Duration.ofSeconds(30), ZoneId.of("UTC"), null),
          CronExpressions::problem);

  @TempDir private Path folder = Path.of("");

  private PolicyCheck check(Path... files) {
    return PolicyCheck.of(List.of(files), READER, Instant.EPOCH);
  }

  private Path policy(String name, String tenants, String desired) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        "cluster: hz\nsecondaryBackup: " + desired + "\n" + tenants + "\n");
  }

  @Test
  void policiesThatContradictEachOtherAreAWarning() throws IOException {
    Path all = policy("all", "", "off");
    Path pay = policy("pay", "tenants: [1001]", "{data: on, log: off}");
    PolicyCheck check = check(all, pay);
    assertThat(check.problems()).isEmpty();
    assertThat(check.warnings())
        .containsExactly(
            "cluster hz, secondary data: policy pay says on for tenants [1001], policy all says off"
                + " for whole cluster; what both cover is permitted");
  }

  @Test
  void policiesOfDifferentTenantsDoNotContradict() throws IOException {
    PolicyCheck check =
        check(policy("a", "tenants: [1001, x]", "off"), policy("b", "tenants: [1002]", "on"));
    assertThat(check.warnings()).isEmpty();
  }

  @Test
  void mistakesOfAllFilesAreReportedAtOnce() throws IOException {
    Path bad = policy("bad", "", "perhaps");
    Path twin = policy("twin", "name: good", "on");
    Path good = policy("good", "", "on");
    assertThat(check(twin, good, bad, folder, folder.resolve("none.yaml")).problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo(folder + ":1:1: it is a folder; name its files"),
            second ->
                assertThat(second).startsWith(bad + ":2:18: secondaryBackup must be on or off"),
            third ->
                assertThat(third).startsWith(good + ":1:1: name 'good' is also used by " + twin),
            fourth -> assertThat(fourth).endsWith("none.yaml:1:1: there is no such file"),
            fifth ->
                assertThat(fifth).startsWith(twin + ":3:7: name 'good' is also used by " + good));
  }

  @Test
  void readingMayTakeLongerTheMoreFilesThereAre() {
    assertThat(PolicyCheck.patience(1)).isLessThan(Duration.ofSeconds(11));
    assertThat(PolicyCheck.patience(10_000)).isGreaterThan(Duration.ofMinutes(1));
  }
}
