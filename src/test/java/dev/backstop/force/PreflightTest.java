package dev.backstop.force;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.force.ForceRecord.PreviousForce;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Observation;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.testing.Looks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows what is checked before the procedure, and what forbids to begin. */
class PreflightTest {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final Expect EXPECT = new Expect("c1", 1);
  private static final Observation RUNS = Looks.look().set(1, "CANCEL").at(NOW);
  private static final BackupDestinations EMPTY = destinations("");
  private static final BackupDestinations OLD = destinations("file:///old");
  private static final BackupDestinations NEW = destinations("file:///new");

  private static BackupDestinations destinations(String primary) {
    return new BackupDestinations(Map.of("backup_dest", primary));
  }

  private static Preflight checked(Observation seen, Optional<String> failedStop) {
    return new Preflight(
        ForceRecord.without("", "c1", NOW),
        seen,
        OLD,
        Optional.empty(),
        Preflight.needsEvenSo("c1", seen, failedStop)
            .map(words -> new Preflight.Objection(ForceOutcome.FAILED, words, true))
            .stream()
            .toList());
  }

  private static PreviousForce earlier(@Nullable Result result, int error, List<String> recorded) {
    return new PreviousForce(new ForcePermitRecord(1, "d/root/1", NOW, result, error), recorded);
  }

  private static Optional<ForceOutcome> outcome(Observation seen, Expect expect) {
    return Preflight.objectionTo(seen, expect, "hz").map(Preflight.Objection::outcome);
  }

  @Test
  void lookThatShowsAllIsClear() {
    assertThat(Preflight.objectionTo(RUNS, EXPECT, "hz")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(BlindSpot.Area.class)
  void nothingThatMattersMayBeUnread_tenantNamesDoNot(BlindSpot.Area area) {
    Observation seen =
        Looks.look().set(1, "CANCEL").blindTo(area, BlindSpot.Cause.NO_PRIVILEGE).at(NOW);
    Optional<ForceOutcome> expected =
        area == BlindSpot.Area.TENANT_NAMES
            ? Optional.empty()
            : Optional.of(ForceOutcome.NOT_READABLE);
    assertThat(outcome(seen, EXPECT)).isEqualTo(expected);
  }

  @Test
  void anotherClusterIsWrong() {
    assertThat(outcome(RUNS, new Expect("c1", 2))).contains(ForceOutcome.WRONG_CLUSTER);
    assertThat(outcome(RUNS, new Expect("c2", 1))).contains(ForceOutcome.WRONG_CLUSTER);
  }

  @Test
  void failedStopOrEvenSoIsNeeded_andSomethingThatRuns() {
    Observation idle = Looks.look().at(NOW);
    Optional<String> failed = Optional.of("it failed");
    assertThatNoException().isThrownBy(() -> checked(RUNS, failed).require(false));
    assertThatExceptionOfType(ForceRefusedException.class)
        .isThrownBy(() -> checked(RUNS, Optional.empty()).require(false));
    assertThatExceptionOfType(ForceRefusedException.class)
        .isThrownBy(() -> checked(idle, failed).require(false));
    assertThatNoException().isThrownBy(() -> checked(idle, Optional.empty()).require(true));
  }

  @Test
  void whatIsOnRecordStandsUntilALocationIsSetAgain() {
    PreviousForce accepted = earlier(Result.ACCEPTED, 0, OLD.lines());
    assertThat(accepted.forbidsAnother(EMPTY)).isTrue();
    assertThat(accepted.forbidsAnother(OLD)).isFalse();
    PreviousForce notInSync = earlier(Result.UNKNOWN, 4527, OLD.lines());
    assertThat(notInSync.forbidsAnother(EMPTY)).isTrue();
    assertThat(notInSync.forbidsAnother(NEW)).isFalse();
  }

  /** The location of before may never have been emptied. */
  @Test
  void whereItsOutcomeIsUnknown_onlyAnotherLocationIsANewSituation() {
    for (PreviousForce unknown :
        List.of(
            earlier(Result.UNKNOWN, 0, OLD.lines()),
            earlier(Result.UNKNOWN, 4012, OLD.lines()),
            earlier(null, 0, OLD.lines()))) {
      assertThat(unknown.forbidsAnother(EMPTY)).isTrue();
      assertThat(unknown.forbidsAnother(OLD)).isTrue();
      assertThat(unknown.forbidsAnother(NEW)).isFalse();
    }
    assertThat(earlier(Result.UNKNOWN, 0, List.of()).forbidsAnother(NEW)).isTrue();
  }

  @Test
  void whatWasRefusedOrNeverLeftStandsInNobodysWay() {
    assertThat(earlier(Result.REFUSED, 1064, OLD.lines()).forbidsAnother(OLD)).isFalse();
    assertThat(earlier(Result.NOT_SENT, 0, OLD.lines()).forbidsAnother(OLD)).isFalse();
  }

  @Test
  void keysOfDestinationsAreNeverTold() {
    BackupDestinations secret =
        new BackupDestinations(Map.of("backup_dest", "oss://b?access_key=s3cret&host=h"));
    assertThat(secret.lines())
        .containsExactly(
            "backup_dest = 'oss://b?access_key=***&host=h'",
            "backup_dest_option = ''",
            "backup_backup_dest = ''",
            "backup_backup_dest_option = ''");
    assertThat(secret.toString()).doesNotContain("s3cret");
  }

  @Test
  void runbookNamesTheClusterAndEveryStep() {
    assertThat(Runbook.ENDS.lines("hz").get(0)).contains("hz");
    assertThat(String.join("\n", Runbook.AFTER.lines("hz")))
        .contains("root@sys of hz", "9026", "ALTER SYSTEM ARCHIVELOG", "BACKUP DATABASE", "OCP")
        .doesNotContain("{");
  }
}
