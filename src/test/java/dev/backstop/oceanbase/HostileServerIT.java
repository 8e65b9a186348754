package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.oceanbase.Prankster.Plan;
import dev.backstop.oceanbase.WireTrial.Verdict;
import java.nio.file.Path;
import java.time.Duration;
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
    try (WireRun run = new WireRun(folder)) {
      run.play(1, TRIALS);

      assertThat(run.findings()).isEmpty();
      assertThat(run.mostBytes()).isLessThan(MOST_BYTES_TAKEN);
      assertThat(run.outcomes()).isGreaterThan(10);
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> threads("pool-housekeeping") + threads("player") == 0);
  }

  /**
   * An answer that ended too soon passed for empty views; some garbage sent the driver in circles.
   */
  @ParameterizedTest
  @CsvSource({"EARLY_END, 6, 4", "EARLY_END, 7, 4", "EARLY_END, 8, 4", "FLIP, 2, 3", "FLIP, 4, 3"})
  void whatWasFoundOnce_staysMended(Prank prank, int turn, long seed) {
    Verdict verdict = new WireTrial(folder).play(new Plan(prank, turn, true, seed), 2);

    assertThat(verdict.finding()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"ENDLESS, 6", "ENDLESS, 7", "CHAINED, 7"})
  void takesNoMoreThanItsBound_ofAnAnswerWithoutEnd(Prank prank, int turn) {
    Verdict verdict = new WireTrial(folder).play(new Plan(prank, turn, true, 1), 2);

    assertThat(verdict.finding()).isNull();
    assertThat(verdict.told()).contains("MALFORMED");
    assertThat(verdict.bytes()).isLessThan(MOST_BYTES_TAKEN);
  }

  @Test
  void endsAnAnswerThatDrips_asOneThatIsLate() {
    Verdict verdict = new WireTrial(folder).play(new Plan(Prank.DRIP, 6, true, 1), 2);

    assertThat(verdict.told()).contains("TIMEOUT").doesNotContain("sees");
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }
}
