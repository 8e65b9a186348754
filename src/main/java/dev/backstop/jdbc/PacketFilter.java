package dev.backstop.jdbc;

import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Streams between the driver and a server that pass on whole packets only: in sequence, within the
 * limits, and in response to a request. For one thread at a time.
 *
 * <p>The driver checks none of this. It allocates what a packet announces, and a row that was lost,
 * doubled or swallowed on the way goes unnoticed ({@code PacketFilterTest}, {@code RogueServerIT}).
 */
final class PacketFilter {

  private static final int HEADER = 4;
  private static final int ALLOCATION_STEP = 64 << 10;

  private final ResponseCheck check;
  private int nextSequence;
  private long responseBytes;

  PacketFilter(ResponseCheck check) {
    this.check = check;
  }

  /** Sets the limits of the responses from now on. */
  void limits(ResponseLimits limits) {
    check.limits(limits);
  }

  /** Returns the stream that the driver reads responses from. */
  InputStream responses(InputStream in) {
    return new Responses(in);
  }

  /** Returns the stream that the driver writes requests to; {@code in} is what it reads from. */
  OutputStream requests(OutputStream out, InputStream in) {
    return new Requests(out, in);
  }

  private static int payloadLength(byte[] header) {
    return (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
  }

  /** After the request for TLS everything passes; the filter within TLS takes over. */
  private boolean isBypassed() {
    return check.isTlsRequested();
  }

  private final class Responses extends InputStream {

    private final InputStream in;
    private final byte[] header = new byte[HEADER];

    /** The current packet with its header, of which the driver has read up to {@code position}. */
    private byte[] packet = new byte[0];

    private int position;
    private int end;

    Responses(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      if (isBypassed()) {
        return in.read(bytes, from, count);
      }
      if (position == end && !readPacket()) {
        return -1;
      }
      int copied = Math.min(count, end - position);
      System.arraycopy(packet, position, bytes, from, copied);
      position += copied;
      return copied;
    }

    /** Returns false where the server has closed the connection between two packets. */
    private boolean readPacket() throws IOException {
      int first = in.read(header, 0, HEADER);
      if (first < 0) {
        return false;
      }
      readFully(header, first, HEADER);
      requireInSequence(header[3] & 0xff);
      int payload = payloadLength(header);
      requireWithinLimits(payload);
      end = HEADER + payload;
      packet = Arrays.copyOf(header, Math.min(HEADER + ALLOCATION_STEP, end));
      readFully(packet, HEADER, packet.length);
      while (packet.length < end) {
        int known = packet.length;
        packet = Arrays.copyOf(packet, Math.min(end, 2 * known));
        readFully(packet, known, packet.length);
      }
      check.onResponsePacket(new PayloadReader(packet, HEADER, end));
      position = 0;
      return true;
    }

    private void requireInSequence(int sequence) throws ProtocolViolationException {
      if (sequence != nextSequence) {
        throw new ProtocolViolationException(
            "packet " + sequence + " came where " + nextSequence + " was due");
      }
      nextSequence = (nextSequence + 1) & 0xff;
    }

    private void requireWithinLimits(int payload) throws ProtocolViolationException {
      ResponseLimits limits = check.limits();
      if (payload > limits.packetBytes()) {
        throw new ProtocolViolationException(
            "a packet of %s bytes was announced, and at most %s are taken"
                .formatted(payload, limits.packetBytes()));
      }
      responseBytes += payload + HEADER;
      if (responseBytes > limits.totalBytes()) {
        throw new ProtocolViolationException(
            "the answer has more than " + limits.totalBytes() + " bytes");
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
      return isBypassed() ? in.available() : end - position;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private final class Requests extends FilterOutputStream {

    private final InputStream in;
    private final byte[] header = new byte[HEADER];
    private final byte[] start = new byte[4];
    private int headerBytes;
    private int payload;
    private int payloadBytes;

    Requests(OutputStream out, InputStream in) {
      super(out);
      this.in = in;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (!isBypassed()) {
        if (!check.isResponseComplete() || in.available() > 0) {
          throw new ProtocolViolationException("the server said more, or less, than it was asked");
        }
        responseBytes = 0;
        for (int i = from; i < from + count; i++) {
          follow(bytes[i]);
        }
      }
      out.write(bytes, from, count);
    }

    /** Follows the packets of the client, as the numbers of a response continue theirs. */
    private void follow(byte one) {
      if (headerBytes < HEADER) {
        header[headerBytes++] = one;
        if (headerBytes < HEADER) {
          return;
        }
        payload = payloadLength(header);
        payloadBytes = 0;
        Arrays.fill(start, (byte) 0);
        nextSequence = ((one & 0xff) + 1) & 0xff;
      } else {
        if (payloadBytes < start.length) {
          start[payloadBytes] = one;
        }
        payloadBytes++;
      }
      if (payloadBytes == payload) {
        headerBytes = 0;
        check.onRequestPacket(start, payload);
      }
    }
  }
}
