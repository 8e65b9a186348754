package dev.backstop.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tells when it is told that the store can be written. */
class CompositeListenerTest {

  private final List<Boolean> told = new ArrayList<>();
  private Duration passed = Duration.ZERO;
  private final CompositeListener listeners =
      new CompositeListener(
          List.of(
              new ReconcileListener() {
                @Override
                public void onStoreWritable(boolean writable) {
                  told.add(writable);
                }
              }),
          () -> passed.toNanos());

  private void after(int seconds, boolean writable) {
    passed = passed.plusSeconds(seconds);
    listeners.onStoreWritable(writable);
  }

  @Test
  void failureIsToldAtOnce_recoveryOnceNothingHasFailedForAWhile() {
    after(0, true);
    after(1, false);
    after(1, true);
    after(1, false);
    after(4, true);
    assertThat(told).containsExactly(true, false, false);
    after(1, true);
    after(10, true);
    assertThat(told).containsExactly(true, false, false, true, true);
  }
}
