package dev.backstop.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.kernel.FenceTrial.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plays a short round of {@code bin/process-trials --trial fence}. */
@OnKernel
class FenceIT {

  @Test
  void noStatementRunsAfterItsLease_howeverLongItsSenderStoodStill() {
    List<Outcome> outcomes = FenceTrial.play(1, 5);
    assertThat(outcomes).hasSize(10).noneMatch(Outcome::isTooLate);
    assertThat(outcomes).anyMatch(one -> one.executed().isPresent());
    assertThat(outcomes).anyMatch(one -> one.written() && one.executed().isEmpty());
  }
}
