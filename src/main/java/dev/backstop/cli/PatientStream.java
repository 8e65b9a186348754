package dev.backstop.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Output stream that never lets its writer wait for a reader: what a full pipe does not take is
 * kept in memory up to a bound, then dropped, and counted once the reader goes on.
 *
 * <p>One call of {@link #write(byte[], int, int)} is taken or dropped as a whole.
 */
final class PatientStream extends OutputStream {

  private static final int BOUND = 1 << 20;

  private final OutputStream to;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long kept;
  private long dropped;
  private boolean isWriting;
  private boolean hasFailed;

  /** Writes to a stream that may block, from a thread of its own. */
  PatientStream(OutputStream to) {
    this.to = to;
    Thread thread = new Thread(this::forward, "backstop-stderr");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (kept + length > BOUND) {
      dropped++;
      return;
    }
    byte[] copy = new byte[length];
    System.arraycopy(bytes, offset, copy, 0, length);
    waiting.add(copy);
    kept += length;
    notifyAll();
  }

  /** Waits until the reader has taken all, but no longer than so. */
  synchronized void drain(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      for (long left = atMost.toMillis();
          left > 0 && (isWriting || !waiting.isEmpty());
          left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forward() {
    while (true) {
      byte[] next = next();
      try {
        to.write(next);
        to.flush();
      } catch (IOException gone) {
        // Nobody reads any more, or the disk is full; what else is written is lost in the same way.
        fail();
      }
    }
  }

  private synchronized void fail() {
    hasFailed = true;
  }

  /** Returns whether anything that was taken could not be written. */
  synchronized boolean hasFailed() {
    return hasFailed;
  }

  private synchronized byte[] next() {
    isWriting = false;
    notifyAll();
    while (waiting.isEmpty() && dropped == 0) {
      try {
        wait();
      } catch (InterruptedException nobody) {
        // Nothing interrupts this thread; whoever did wanted no end of it.
      }
    }
    isWriting = true;
    if (waiting.isEmpty()) {
      String words =
          "backstop: %s messages were dropped here, as nobody read standard error%n"
              .formatted(dropped);
      dropped = 0;
      return words.getBytes(StandardCharsets.UTF_8);
    }
    byte[] next = waiting.remove();
    kept -= next.length;
    return next;
  }
}
