package dev.backstop.force;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.ClusterSettings.Expect;
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

/** Tells what is seen, what stands on record and what may begin. */
class JudgementsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final Expect EXPECT = new Expect("c1", 1);
  private static final Observation RUNS = Looks.look().set(1, "CANCEL").at(NOW);
  private static final BackupDestinations EMPTY = destinations("");
  private static final BackupDestinations OLD = destinations("file:///old");
  private static final BackupDestinations NEW = destinations("file:///new");

  private static BackupDestinations destinations(String primary) {
    return new BackupDestinations(Map.of("backup_dest", primary));
  }

  private static PreviousForce earlier(@Nullable Result result, int error, List<String> recorded) {
    return new PreviousForce(new ForcePermitRecord(1, "d/root/1", NOW, result, error), recorded);
  }

  @Test
  void lookThatShowsAllIsClear() {
    assertThat(ForceObservation.of(RUNS, EXPECT).isClear()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(BlindSpot.Area.class)
  void nothingThatMattersMayBeUnread_tenantNamesDoNot(BlindSpot.Area area) {
    Observation seen =
        Looks.look().set(1, "CANCEL").blindTo(area, BlindSpot.Cause.NO_PRIVILEGE).at(NOW);
    ForceOutcome ending =
        area == BlindSpot.Area.TENANT_NAMES ? ForceOutcome.PROVEN : ForceOutcome.NOT_READABLE;
    assertThat(ForceObservation.of(seen, EXPECT).ending()).isEqualTo(ending);
  }

  @Test
  void anotherClusterIsWrong() {
    assertThat(ForceObservation.of(RUNS, new Expect("c1", 2)).ending())
        .isEqualTo(ForceOutcome.WRONG_CLUSTER);
    assertThat(ForceObservation.of(RUNS, new Expect("c2", 1)).ending())
        .isEqualTo(ForceOutcome.WRONG_CLUSTER);
  }

  @Test
  void failedStopOrEvenSoIsNeeded_andSomethingThatRuns() {
    Observation idle = Looks.look().at(NOW);
    Optional<String> failed = Optional.of("it failed");
    assertThat(new ForceEligibility("c1", RUNS, failed, false).objection()).isEmpty();
    assertThat(new ForceEligibility("c1", RUNS, Optional.empty(), false).objection()).isPresent();
    assertThat(new ForceEligibility("c1", idle, failed, false).objection()).isPresent();
    assertThat(new ForceEligibility("c1", idle, Optional.empty(), true).objection()).isEmpty();
  }

  @Test
  void whatIsOnRecordStandsUntilALocationIsSetAgain() {
    PreviousForce accepted = earlier(Result.ACCEPTED, 0, OLD.lines());
    assertThat(accepted.stands(EMPTY)).isTrue();
    assertThat(accepted.stands(OLD)).isFalse();
    PreviousForce notInSync = earlier(Result.UNKNOWN, 4527, OLD.lines());
    assertThat(notInSync.stands(EMPTY)).isTrue();
    assertThat(notInSync.stands(NEW)).isFalse();
  }

  /** The location of before may never have been emptied. */
  @Test
  void whereItsOutcomeIsUnknown_onlyAnotherLocationIsANewSituation() {
    for (PreviousForce unknown :
        List.of(
            earlier(Result.UNKNOWN, 0, OLD.lines()),
            earlier(Result.UNKNOWN, 4012, OLD.lines()),
            earlier(null, 0, OLD.lines()))) {
      assertThat(unknown.stands(EMPTY)).isTrue();
      assertThat(unknown.stands(OLD)).isTrue();
      assertThat(unknown.stands(NEW)).isFalse();
    }
    assertThat(earlier(Result.UNKNOWN, 0, List.of()).stands(NEW)).isTrue();
  }

  @Test
  void whatWasRefusedOrNeverLeftStandsInNobodysWay() {
    assertThat(earlier(Result.REFUSED, 1064, OLD.lines()).stands(OLD)).isFalse();
    assertThat(earlier(Result.NOT_SENT, 0, OLD.lines()).stands(OLD)).isFalse();
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
  void leafletsNameTheClusterAndEveryStep() {
    assertThat(Runbook.ENDS.lines("hz").get(0)).contains("hz");
    assertThat(String.join("\n", Runbook.AFTER.lines("hz")))
        .contains("root@sys of hz", "9026", "ALTER SYSTEM ARCHIVELOG", "BACKUP DATABASE", "OCP")
        .doesNotContain("{");
  }
}
