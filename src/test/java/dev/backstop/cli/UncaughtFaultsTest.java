package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tells what is said of a fault that ended a thread, and when the process ends. */
class UncaughtFaultsTest {

  private final OutOfMemoryError exhausted = new OutOfMemoryError("Java heap space");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final List<String> endings = new ArrayList<>();

  private UncaughtFaults over(OutputStream messages) {
    return new UncaughtFaults(
        new PrintStream(messages, true, StandardCharsets.UTF_8), messages, this::halt);
  }

  private void halt(int code) {
    endings.add(code + " after: " + written.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void outOfMemoryIsSaidBeforeTheProcessEnds() {
    over(new NonBlockingStream(written)).uncaughtException(Thread.currentThread(), exhausted);
    assertThat(endings).containsExactly("1 after: backstop: " + Failures.OUT_OF_MEMORY);
  }

  @Test
  void saysSoOverAStreamThatBlocksToo() {
    over(written).uncaughtException(Thread.currentThread(), exhausted);
    assertThat(endings).containsExactly("1 after: backstop: " + Failures.OUT_OF_MEMORY);
  }

  /** The other one may fail to say anything, and would end the process with nothing said. */
  @Test
  void aSecondThreadWithoutMemoryEndsNothingWhileTheFirstIsWriting() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            written.write(b);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            writing.countDown();
            awaitQuietly(reading);
            written.write(bytes, offset, length);
          }
        };
    UncaughtFaults faults = over(slow);
    Thread first = new Thread(() -> faults.uncaughtException(Thread.currentThread(), exhausted));
    Thread second = new Thread(() -> faults.uncaughtException(Thread.currentThread(), exhausted));
    first.start();
    writing.await();
    second.start();
    while (second.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    assertThat(endings).isEmpty();
    reading.countDown();
    first.join();
    second.join();
    assertThat(endings.get(0)).isEqualTo("1 after: backstop: " + Failures.OUT_OF_MEMORY);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anExceptionEndsOnlyTheMainThreadsProcess() {
    UncaughtFaults faults = over(written);
    faults.uncaughtException(new Thread("backstop-scan"), new IllegalStateException("a fault"));
    assertThat(endings).isEmpty();
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("fault in thread backstop-scan", "IllegalStateException: a fault");
    faults.uncaughtException(new Thread("main"), new IllegalStateException("a fault"));
    assertThat(endings).hasSize(1);
  }
}
