package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.oceanbase.FaultyServer.Plan;
import dev.backstop.oceanbase.WireTrial.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Talks to a server that plays pranks; {@code bin/fuzz wire} plays many more. */
class HostileServerIT {

  private static final int TRIALS = 120;
  private static final long MOST_BYTES_TAKEN = 64L << 20;

  @TempDir Path folder;

  @Test
  void neitherHangsNorCrashesNorInvents_whateverIsAnswered() {
    WireRun run = new WireRun(folder);
    try (run) {
      run.play(1, TRIALS);

      assertThat(run.findings()).isEmpty();
      assertThat(run.mostBytes()).isLessThan(MOST_BYTES_TAKEN);
      assertThat(run.outcomes()).isGreaterThan(10);
    }
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> run.threads() == 0);
  }

  /**
   * An answer that ended too soon passed for empty views; some garbage sent the driver in circles.
   */
  @ParameterizedTest
  @CsvSource({"EARLY_END, 6, 4", "EARLY_END, 7, 4", "EARLY_END, 8, 4", "FLIP, 2, 3", "FLIP, 4, 3"})
  void whatWasFoundOnce_staysMended(ServerFault prank, int turn, long seed) {
    Verdict verdict = new WireTrial(folder).play(new Plan(prank, turn, true, seed), 2);

    assertThat(verdict.finding()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"ENDLESS, 6", "ENDLESS, 7", "CHAINED, 7"})
  void takesNoMoreThanItsBound_ofAnAnswerWithoutEnd(ServerFault prank, int turn) {
    Verdict verdict = new WireTrial(folder).play(new Plan(prank, turn, true, 1), 2);

    assertThat(verdict.finding()).isNull();
    assertThat(verdict.told()).contains("MALFORMED");
    assertThat(verdict.bytes()).isLessThan(MOST_BYTES_TAKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "ANNOUNCE, 1",
    "ANNOUNCE, 2",
    "ANNOUNCE, 4",
    "ANNOUNCE, 6",
    "SWITCH, 1",
    "FILE, 3",
    "FILE, 6",
    "CRUMBS, 2",
    "CRUMBS, 6"
  })
  void takesNoMemoryThatIsOnlyAnnounced(ServerFault prank, int turn) {
    Verdict verdict = new WireTrial(folder).play(new Plan(prank, turn, true, 1), 2);

    assertThat(verdict.finding()).isNull();
    assertThat(verdict.told()).contains("MALFORMED");
  }

  /**
   * A look with so many jobs can't be judged; it is bounded on record too, and the rest is seen.
   */
  @Test
  void isBlindToAKindOfWhichItShowsFortyThousandJobs() {
    Verdict verdict = new WireTrial(folder).play(new Plan(ServerFault.MANY, 0, true, 1), 2);

    assertThat(verdict.finding()).isNull();
    assertThat(verdict.told())
        .contains("area=SETS, cause=MALFORMED")
        .contains("CDB_OB_BACKUP_BACKUPSET_JOB showed more than 10000 rows");
  }

  /** Whatever six servers do to one daemon, a seventh cluster is stopped in time. */
  @Test
  void stopsAnHonestNeighbourInTime() {
    try (WireNeighbours neighbours = new WireNeighbours(folder)) {
      neighbours.calmRound();
      for (Plan plan :
          List.of(
              new Plan(ServerFault.MANY, 0, true, 1),
              new Plan(ServerFault.ANNOUNCE, 0, true, 2),
              new Plan(ServerFault.STALL, 0, true, 3),
              new Plan(ServerFault.STALL, 6, true, 4))) {
        assertThat(neighbours.round(plan)).isLessThan(Duration.ofSeconds(10));
      }
      assertThat(neighbours.recordBytes()).isLessThan(4L << 20);
    }
  }

  @Test
  void endsAnAnswerThatDrips_asOneThatIsLate() {
    Verdict verdict = new WireTrial(folder).play(new Plan(ServerFault.DRIP, 6, true, 1), 2);

    assertThat(verdict.told()).contains("TIMEOUT").doesNotContain("sees");
  }
}
