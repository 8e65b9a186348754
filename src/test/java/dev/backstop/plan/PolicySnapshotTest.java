package dev.backstop.plan;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.testing.Looks;
import dev.backstop.testing.MovedClock;
import dev.backstop.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicySnapshotTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final VerdictContext NAMES = context(look().name("pay", 1001));
  private static final VerdictContext NO_NAMES = context(look());

  private static Job set(long tenant) {
    return new Job(JobObject.BACKUPSET, 7, new TenantId(tenant), "", "BACKUP", "");
  }

  private static final Job ARCHIVE =
      new Job(JobObject.ARCHIVELOG, 0, TenantId.SYS, "", "DOING", "");

  private static KnownPolicy live(Policies policy) {
    return KnownPolicy.good(policy.build(), "f.yaml", timeline(START));
  }

  private static VerdictContext context(Looks look) {
    return new VerdictContext(
        look.at(Story.START), new MovedClock(Story.START).read(), JobSightings.NONE);
  }

  private static PolicySnapshot snapshot(Policies... policies) {
    return PolicySnapshot.of(Arrays.stream(policies).map(PolicySnapshotTest::live).toList(), true);
  }

  @Test
  void offOfTheWholeClusterForbidsEveryJob() {
    PolicySnapshot snapshot = snapshot(policy("all"));

    assertThat(snapshot.forbids(set(1), NAMES)).isTrue();
    assertThat(snapshot.forbids(set(1002), NAMES)).isTrue();
    assertThat(snapshot.forbids(ARCHIVE, NAMES)).isTrue();
  }

  @Test
  void offOfTenantsForbidsTheirJobsAndNoClusterLevelOne() {
    PolicySnapshot snapshot = snapshot(policy("pay").tenants("pay"));

    assertThat(snapshot.forbids(set(1001), NAMES)).isTrue();
    assertThat(snapshot.forbids(set(1002), NAMES)).isFalse();
    assertThat(snapshot.forbids(set(1), NAMES)).isFalse();
    assertThat(snapshot.forbids(ARCHIVE, NAMES)).isFalse();
    assertThat(snapshot.forbids(set(1001), NO_NAMES)).isFalse();
  }

  @Test
  void onOfAnyTenantWantsClusterLevelJobs() {
    PolicySnapshot snapshot = snapshot(policy("all"), policy("pay").tenants("1001").on());

    assertThat(snapshot.forbids(set(1), NAMES)).isFalse();
    assertThat(snapshot.forbids(ARCHIVE, NAMES)).isFalse();
    assertThat(snapshot.forbids(set(1001), NAMES)).isFalse();
    assertThat(snapshot.forbids(set(1002), NAMES)).isTrue();
  }

  @Test
  void onOfOneKindSaysNothingOfTheOther() {
    PolicySnapshot snapshot = snapshot(policy("all").on(Kind.LOG));

    assertThat(snapshot.forbids(set(1), NAMES)).isTrue();
    assertThat(snapshot.forbids(ARCHIVE, NAMES)).isFalse();
  }

  @Test
  void observingForbidsNothingAndStillWants() {
    assertThat(snapshot(policy("all").observe()).forbids(set(1), NAMES)).isFalse();
    assertThat(snapshot(policy("all"), policy("x").on().observe()).forbids(set(1), NAMES))
        .isFalse();
    assertThat(PolicySnapshot.of(List.of(live(policy("all"))), false).forbids(set(1), NAMES))
        .isFalse();
  }

  @Test
  void effectiveDeletionForbidsKindByKindUntilItIsProven() {
    KnownPolicy effective = live(policy("all").on()).deletionEffective(timeline(START), false);
    KnownPolicy left = effective.without(Kind.DATA).orElseThrow();

    assertThat(effective.phase()).isEqualTo(Phase.DELETION_EFFECTIVE);
    assertThat(PolicySnapshot.of(List.of(effective), true).forbids(set(1), NAMES)).isTrue();
    assertThat(PolicySnapshot.of(List.of(left), true).forbids(set(1), NAMES)).isFalse();
    assertThat(PolicySnapshot.of(List.of(left), true).forbids(ARCHIVE, NAMES)).isTrue();
  }

  @Test
  void takeOneKindFromOthersAndKeepTheRest() {
    PolicySnapshot off = snapshot(policy("a"));
    PolicySnapshot on = snapshot(policy("a").on());

    assertThat(off.with(Kind.DATA, on).forbids(set(1), NAMES)).isFalse();
    assertThat(off.with(Kind.DATA, on).forbids(ARCHIVE, NAMES)).isTrue();
    assertThat(off.with(Kind.LOG, on).forbids(set(1), NAMES)).isTrue();
    assertThat(off.with(Kind.LOG, on).forbids(ARCHIVE, NAMES)).isFalse();
    assertThat(off.with(Kind.DATA, PolicySnapshot.NONE).forbids(ARCHIVE, NAMES)).isTrue();
    assertThat(off.with(Kind.DATA, PolicySnapshot.NONE).forbids(set(1), NAMES)).isFalse();
    assertThat(off.with(Kind.DATA, PolicySnapshot.NONE).with(Kind.LOG, PolicySnapshot.NONE))
        .isEqualTo(PolicySnapshot.NONE);
  }

  @Test
  void forbadeForSureOnlyWhatNoNamelessTenantOfAnOnMayBe() {
    PolicySnapshot snapshot = snapshot(policy("all"), policy("pay").tenants("pay").on());

    assertThat(snapshot.forbadeForSure(set(1002), NAMES)).isTrue();
    assertThat(snapshot.forbadeForSure(set(1002), NO_NAMES)).isFalse();
    assertThat(snapshot.forbadeForSure(set(1001), NAMES)).isFalse();
    assertThat(snapshot.forbadeForSure(set(1), NAMES)).isFalse();
  }

  @Test
  void forbidByApprovalWhereOnlyApprovedDeletionsSpeakOfTheJob() {
    KnownPolicy approved = live(policy("all")).deletionEffective(timeline(START), true);
    PolicySnapshot snapshot =
        PolicySnapshot.of(List.of(approved, live(policy("pay").tenants("1002"))), true);

    assertThat(snapshot.forbidsByApproval(set(1001), NAMES)).isTrue();
    assertThat(snapshot.forbidsByApproval(set(1002), NAMES)).isFalse();
  }

  @Test
  void areEqualInWhateverOrderTheFilesAreRead() {
    assertThat(snapshot(policy("a"), policy("b").on()))
        .isEqualTo(snapshot(policy("b").on(), policy("a")));
  }

  @Test
  void areNotChangedByASchedule() {
    assertThat(snapshot(policy("a").every(Duration.ofSeconds(5)))).isEqualTo(snapshot(policy("a")));
  }
}
