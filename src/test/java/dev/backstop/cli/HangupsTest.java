package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HangupsTest {

  private final Hangups hangups = new Hangups();

  @Test
  void reloadThatIsAskedForBeforeTheStartWaitsForIt() throws InterruptedException {
    hangups.ask();
    CountDownLatch reloaded = new CountDownLatch(1);
    hangups.deliverTo(reloaded::countDown);
    assertThat(reloaded.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nextReloadRunsWhateverOneThrows() throws InterruptedException {
    CountDownLatch reloads = new CountDownLatch(2);
    CountDownLatch first = new CountDownLatch(1);
    hangups.deliverTo(
        () -> {
          reloads.countDown();
          first.countDown();
          throw new StackOverflowError();
        });
    hangups.ask();
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    hangups.ask();
    assertThat(reloads.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
