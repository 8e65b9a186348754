package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReloadSignalsTest {

  private final ReloadSignals signals = new ReloadSignals();

  @Test
  void reloadThatIsAskedForBeforeTheStartWaitsForIt() throws InterruptedException {
    signals.request();
    CountDownLatch reloaded = new CountDownLatch(1);
    signals.deliverTo(reloaded::countDown);
    assertThat(reloaded.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nextReloadRunsWhateverOneThrows() throws InterruptedException {
    CountDownLatch reloads = new CountDownLatch(2);
    CountDownLatch first = new CountDownLatch(1);
    signals.deliverTo(
        () -> {
          reloads.countDown();
          first.countDown();
          throw new StackOverflowError();
        });
    signals.request();
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    signals.request();
    assertThat(reloads.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
