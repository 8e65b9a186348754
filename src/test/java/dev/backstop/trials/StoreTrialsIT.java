package dev.backstop.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Takes the store away from the real daemon; the other ways are in {@code bin/process-trials}. */
@Execution(ExecutionMode.CONCURRENT)
class StoreTrialsIT {

  @Test
  void storeMovedAway_sendsNothing_saysSoOnce_andGoesOnWhenItIsBack() {
    Finding finding = StoreTrials.movedAway(Duration.ofSeconds(5));
    assertThat(finding.faults()).as("%s", finding.seen()).isEmpty();
  }
}
