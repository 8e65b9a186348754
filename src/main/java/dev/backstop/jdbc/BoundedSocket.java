package dev.backstop.jdbc;

import java.io.BufferedInputStream;
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
 * Socket with a deadline for each response as a whole, as the driver's own timeout starts anew with
 * each byte ({@code HostileServerIT.endsAnAnswerThatDrips_asOneThatIsLate}). Its packets pass a
 * {@link PacketFilter}. For one thread at a time.
 */
final class BoundedSocket extends Socket implements ResponseLimits.Limited {

  /** Holds the answer of most looks; there is one for each cluster. */
  private static final int BUFFER = 4_096;

  /** Ends a TLS handshake without end; within TLS another filter counts. */
  private static final long MAX_RESPONSE_BYTES = 2 * ResponseLimits.LOOK.totalBytes();

  private final PacketFilter filter;
  private @Nullable InputStream buffered;
  private volatile int timeoutMillis;
  private long requestedAt = System.nanoTime();
  private long responseBytes;

  BoundedSocket(ResponseLimits limits) {
    this.filter = new PacketFilter(ResponseCheck.fromGreeting(limits));
  }

  @Override
  public void limits(ResponseLimits limits) {
    filter.limits(limits);
  }

  /** Limits each response as a whole; 0 for no limit. */
  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    timeoutMillis = millis;
    super.setSoTimeout(millis);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return filter.responses(in());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Requests(filter.requests(super.getOutputStream(), in()));
  }

  private synchronized InputStream in() throws IOException {
    InputStream in = buffered;
    if (in == null) {
      in = new BufferedInputStream(new Responses(super.getInputStream()), BUFFER);
      buffered = in;
    }
    return in;
  }

  private void limitNextRead() throws IOException {
    if (timeoutMillis == 0) {
      return;
    }
    long left = timeoutMillis - Duration.ofNanos(System.nanoTime() - requestedAt).toMillis();
    if (left <= 0) {
      throw new SocketTimeoutException(
          "the answer was not complete within " + timeoutMillis + " ms");
    }
    super.setSoTimeout((int) left);
  }

  private final class Responses extends FilterInputStream {

    Responses(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      limitNextRead();
      int read = in.read(bytes, from, count);
      responseBytes += Math.max(0, read);
      if (responseBytes > MAX_RESPONSE_BYTES) {
        throw new ProtocolViolationException(
            "the answer has more than " + MAX_RESPONSE_BYTES + " bytes");
      }
      return read;
    }
  }

  private final class Requests extends FilterOutputStream {

    Requests(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      requestedAt = System.nanoTime();
      responseBytes = 0;
      out.write(bytes, from, count);
    }
  }
}
