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

/** Connects to a faulty server; {@code bin/fuzz wire} tries many more faults. */
class HostileServerIT {

  private static final int TRIALS = 120;
  private static final long MAX_BYTES_READ = 64L << 20;

  @TempDir Path folder;

  @Test
  void neverHangsCrashesOrInvents() {
    WireRun run = new WireRun(folder);
    try (run) {
      run.play(1, TRIALS);

      assertThat(run.findings()).isEmpty();
      assertThat(run.mostBytes()).isLessThan(MAX_BYTES_READ);
      assertThat(run.outcomes()).isGreaterThan(10);
    }
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> run.threads() == 0);
  }

  /**
   * Faults that were found once: a truncated result read as empty views, and garbage on which the
   * driver looped.
   */
  @ParameterizedTest
  @CsvSource({"EARLY_END, 6, 4", "EARLY_END, 7, 4", "EARLY_END, 8, 4", "FLIP, 2, 3", "FLIP, 4, 3"})
  void survivesKnownFaults(ServerFault fault, int response, long seed) {
    Verdict verdict = new WireTrial(folder).play(new Plan(fault, response, true, seed), 2);

    assertThat(verdict.finding()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"ENDLESS, 6", "ENDLESS, 7", "CHAINED, 7"})
  void limitsResponseWithoutEnd(ServerFault fault, int response) {
    Verdict verdict = new WireTrial(folder).play(new Plan(fault, response, true, 1), 2);

    assertThat(verdict.finding()).isNull();
    assertThat(verdict.result()).contains("MALFORMED");
    assertThat(verdict.bytes()).isLessThan(MAX_BYTES_READ);
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
  void allocatesNoAnnouncedMemory(ServerFault fault, int response) {
    Verdict verdict = new WireTrial(folder).play(new Plan(fault, response, true, 1), 2);

    assertThat(verdict.finding()).isNull();
    assertThat(verdict.result()).contains("MALFORMED");
  }

  /**
   * More jobs than can be judged make their kind a blind spot, also in the record; the rest is
   * read.
   */
  @Test
  void isBlindToKind_ofFortyThousandJobs() {
    Verdict verdict = new WireTrial(folder).play(new Plan(ServerFault.MANY, 0, true, 1), 2);

    assertThat(verdict.finding()).isNull();
    assertThat(verdict.result())
        .contains("area=SETS, cause=MALFORMED")
        .contains("CDB_OB_BACKUP_BACKUPSET_JOB showed more than 10000 rows");
  }

  /** Six faulty servers do not delay the stop on a seventh one. */
  @Test
  void stopsSoundNeighbourInTime() {
    try (WireNeighbours neighbours = new WireNeighbours(folder)) {
      neighbours.faultlessRound();
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

    assertThat(verdict.result()).contains("TIMEOUT").doesNotContain("sees");
  }
}
