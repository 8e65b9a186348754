package dev.backstop.jdbc;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds each answer as a whole, in time and in bytes, where the driver bounds each read alone; an
 * answer is all that comes until something is sent again. For one thread at a time.
 */
final class BoundedSocket extends Socket {

  /** Tens of thousands of rows; an honest look has some dozens. */
  static final int MOST_BYTES = 4 << 20;

  private final @Nullable PacketOrder order;
  private volatile int patience;
  private long asked = System.nanoTime();
  private long taken;

  BoundedSocket(@Nullable PacketOrder order) {
    this.order = order;
  }

  /** Bounds an answer in milliseconds; 0 for no bound. */
  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    patience = millis;
    super.setSoTimeout(millis);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Answer(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Question(super.getOutputStream(), super.getInputStream());
  }

  private void await() throws IOException {
    if (patience == 0) {
      return;
    }
    long left = patience - Duration.ofNanos(System.nanoTime() - asked).toMillis();
    if (left <= 0) {
      throw new SocketTimeoutException("the answer was not complete within " + patience + " ms");
    }
    super.setSoTimeout((int) left);
  }

  private void take(byte[] bytes, int from, int count) throws IOException {
    taken += Math.max(0, count);
    if (taken > MOST_BYTES) {
      throw new IOException("the answer has more than " + MOST_BYTES + " bytes");
    }
    if (order != null && count > 0) {
      order.received(bytes, from, count);
    }
  }

  private final class Answer extends FilterInputStream {

    Answer(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      await();
      int read = in.read(bytes, from, count);
      take(bytes, from, read);
      return read;
    }
  }

  private final class Question extends FilterOutputStream {

    private final InputStream unread;

    Question(OutputStream out, InputStream unread) {
      super(out);
      this.unread = unread;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (order != null) {
        order.sent(bytes, from, count, unread.available());
      }
      asked = System.nanoTime();
      taken = 0;
      out.write(bytes, from, count);
    }
  }
}
