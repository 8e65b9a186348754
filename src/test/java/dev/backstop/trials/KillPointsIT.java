package dev.backstop.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.trials.KillPoint.Kind;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills the real daemon at some of the points of {@code bin/process-trials}: those after which
 * nothing waits for a minute.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillPointsIT {

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"STORE_BIRTH", "ANSWER", "PROOF", "EDIT", "GRACE", "WITHDRAWN"})
  void whatIsForbiddenIsStopped_andNothingElse(Kind kind) {
    KillTrial.Verdict verdict = KillTrial.play(new KillPoint(kind, 2));
    assertThat(verdict.faults()).as("%s", verdict).isEmpty();
    assertThat(verdict.isReached()).as("%s", verdict).isTrue();
  }
}
