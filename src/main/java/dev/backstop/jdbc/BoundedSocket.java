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

/**
 * Bounds each answer as a whole, in time and in size, where the driver bounds each read alone; an
 * answer is all that comes until something is sent again. For one thread at a time.
 */
final class BoundedSocket extends Socket implements Guarded {

  private final WireGuard guard;
  private final long mostSecuredBytes;
  private volatile int patience;
  private long asked = System.nanoTime();
  private long taken;

  BoundedSocket(AnswerBounds bounds) {
    this.guard = new WireGuard(AnswerCheck.fromGreeting(bounds));
    // Within TLS another guard counts; this one ends what never becomes an answer.
    this.mostSecuredBytes = 2 * Math.max(bounds.answerBytes(), AnswerBounds.LOOK.answerBytes());
  }

  @Override
  public void bounds(AnswerBounds bounds) {
    guard.bounds(bounds);
  }

  /** Bounds an answer in milliseconds; 0 for no bound. */
  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    patience = millis;
    super.setSoTimeout(millis);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return guard.answers(new Answer(super.getInputStream()));
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Question(guard.questions(super.getOutputStream(), super.getInputStream()));
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
      taken += Math.max(0, read);
      if (taken > mostSecuredBytes) {
        throw new BadAnswerException("the answer has more than " + mostSecuredBytes + " bytes");
      }
      return read;
    }
  }

  private final class Question extends FilterOutputStream {

    Question(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      asked = System.nanoTime();
      taken = 0;
      out.write(bytes, from, count);
    }
  }
}
