package dev.backstop.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Output stream whose writer never waits for its reader: what a full pipe does not accept is kept
 * in memory up to a limit, then dropped, and the reader is told how much.
 *
 * <p>One call of {@link #write(byte[], int, int)} is kept or dropped as a whole.
 */
final class NonBlockingStream extends OutputStream {

  private static final int MOST_BYTES = 1 << 20;

  private final OutputStream to;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long kept;
  private long dropped;
  private boolean isWriting;
  private boolean hasFailed;

  /** Writes to a stream that may block, from a thread of its own. */
  NonBlockingStream(OutputStream to) {
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
    if (kept + length > MOST_BYTES) {
      dropped++;
    } else {
      writeShared(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }

  /** Writes bytes that nobody changes any more, whatever waits, and without a copy of them. */
  synchronized void writeShared(byte[] bytes) {
    waiting.add(bytes);
    kept += bytes.length;
    notifyAll();
  }

  /** Waits until everything is written, up to a time. */
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
      } catch (IOException e) {
        // The reader is gone or the disk is full; further output is lost too.
        fail();
      }
    }
  }

  private synchronized void fail() {
    hasFailed = true;
  }

  /** Returns whether anything that was kept could not be written. */
  synchronized boolean hasFailed() {
    return hasFailed;
  }

  private synchronized byte[] next() {
    isWriting = false;
    notifyAll();
    while (waiting.isEmpty() && dropped == 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Nothing interrupts this thread, and no interrupt may end it.
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
