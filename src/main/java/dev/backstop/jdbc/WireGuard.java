package dev.backstop.jdbc;

import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Stands between the driver and a server: hands on whole packets that are in order and within the
 * bounds, and nothing else. For one thread at a time.
 */
final class WireGuard {

  private static final int STEP = 64 << 10;

  private final AnswerCheck check;
  private final PacketOrder order;
  private long taken;

  WireGuard(AnswerCheck check) {
    this.check = check;
    this.order = new PacketOrder(check::asked);
  }

  /** Sets the bounds of the answers from now on. */
  void bounds(AnswerBounds bounds) {
    check.bounds(bounds);
  }

  /** Returns whether TLS has begun, within which another guard stands. */
  boolean isOver() {
    return check.isSecuring();
  }

  /** Returns what may be read of a server's answers. */
  InputStream answers(InputStream in) {
    return new Answers(in);
  }

  /** Returns where questions are written; {@code unread} tells what the server has said already. */
  OutputStream questions(OutputStream out, InputStream unread) {
    return new Questions(out, unread);
  }

  private final class Answers extends InputStream {

    private final InputStream in;
    private final byte[] header = new byte[PacketOrder.HEADER];
    private byte[] payload = new byte[0];
    private int headerAt = header.length;
    private int at;
    private int length;

    Answers(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      if (isOver()) {
        return in.read(bytes, from, count);
      }
      if (available() == 0 && !fill()) {
        return -1;
      }
      boolean fromHeader = headerAt < header.length;
      int handed = Math.min(count, fromHeader ? header.length - headerAt : length - at);
      if (fromHeader) {
        System.arraycopy(header, headerAt, bytes, from, handed);
        headerAt += handed;
      } else {
        System.arraycopy(payload, at, bytes, from, handed);
        at += handed;
      }
      return handed;
    }

    /** Reads one packet with its header; false where the server has closed. */
    private boolean fill() throws IOException {
      int first = in.read(header, 0, header.length);
      if (first < 0) {
        return false;
      }
      readFully(header, first, header.length);
      order.received(header[3] & 0xff);
      int announced = PacketOrder.length(header);
      require(announced);
      payload = new byte[Math.min(STEP, announced)];
      for (int known = 0; known < announced; ) {
        if (known == payload.length) {
          payload = Arrays.copyOf(payload, Math.min(announced, 2 * known));
        }
        readFully(payload, known, payload.length);
        known = payload.length;
      }
      check.answered(payload, announced);
      headerAt = 0;
      at = 0;
      length = announced;
      return true;
    }

    private void require(int announced) throws BadAnswerException {
      AnswerBounds bounds = check.bounds();
      if (announced > bounds.packetBytes()) {
        throw new BadAnswerException(
            "a packet of %s bytes was announced, and at most %s are taken"
                .formatted(announced, bounds.packetBytes()));
      }
      taken += announced + PacketOrder.HEADER;
      if (taken > bounds.answerBytes()) {
        throw new BadAnswerException("the answer has more than " + bounds.answerBytes() + " bytes");
      }
    }

    private void readFully(byte[] into, int from, int until) throws IOException {
      for (int known = from; known < until; ) {
        int read = in.read(into, known, until - known);
        if (read < 0) {
          throw new EOFException("the server closed the connection within a packet");
        }
        known += read;
      }
    }

    @Override
    public int available() throws IOException {
      return isOver() ? in.available() : header.length - headerAt + length - at;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private final class Questions extends FilterOutputStream {

    private final InputStream unread;

    Questions(OutputStream out, InputStream unread) {
      super(out);
      this.unread = unread;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (!isOver()) {
        if (!check.isComplete() || unread.available() > 0) {
          throw new BadAnswerException("the server said more, or less, than it was asked");
        }
        order.sent(bytes, from, count);
        taken = 0;
      }
      out.write(bytes, from, count);
    }
  }
}
