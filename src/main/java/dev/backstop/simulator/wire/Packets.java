package dev.backstop.simulator.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Frames packets on a connection: three bytes of length, one of sequence, then the payload. */
final class Packets {

  private static final int HEADER = 4;
  private static final int LONGEST_SENT = 0xffffff;

  private InputStream in;
  private OutputStream out;
  private int sequence;

  Packets(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Goes on over other streams within the same exchange, as TLS begins in the middle of one. */
  void move(InputStream nextIn, OutputStream nextOut) {
    in = nextIn;
    out = nextOut;
  }

  /** Begins a new exchange, which a command of the client opens. */
  void restart() {
    sequence = 0;
  }

  /**
   * Reads one packet.
   *
   * @param longest the most bytes to accept; a longer one is announced by {@link TooLong} unread
   */
  byte[] read(int longest) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length < HEADER) {
      throw new EOFException("The client has gone");
    }
    int length = (header[0] & 0xff) + ((header[1] & 0xff) << 8) + ((header[2] & 0xff) << 16);
    sequence = (header[3] & 0xff) + 1;
    if (length > longest) {
      throw new TooLong(length);
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("The client has gone within a packet");
    }
    return payload;
  }

  /** Writes one packet without flushing; a payload of 16 MiB or more can't be sent. */
  void write(byte[] payload) throws IOException {
    if (payload.length >= LONGEST_SENT) {
      throw new TooLong(payload.length);
    }
    out.write(payload.length);
    out.write(payload.length >> 8);
    out.write(payload.length >> 16);
    out.write(sequence++);
    out.write(payload);
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Says that a packet is longer than accepted; the stream can't be read any further. */
  static final class TooLong extends IOException {
    TooLong(int length) {
      super("A packet of " + length + " bytes is too long");
    }
  }
}
