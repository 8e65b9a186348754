package dev.backstop.jdbc;

import java.io.IOException;

/**
 * Follows the numbers of MySQL's packets, which the driver does not: where one was lost, doubled or
 * swallowed, rows would be missing and nobody would know. For one thread at a time.
 */
final class PacketOrder {

  private static final int HEADER = 4;

  private final Side server = new Side();
  private final Side client = new Side();
  private int next;

  /** Goes over the bytes of one direction, header by header. */
  private static final class Side {
    private final int[] header = new int[HEADER];
    private int known;
    private int left;

    boolean isAtRest() {
      return known == 0 && left == 0;
    }

    /** Returns the index after the next header's end, or the end of the bytes. */
    int advance(byte[] bytes, int from, int end) {
      int at = from;
      int skipped = Math.min(left, end - at);
      left -= skipped;
      at += skipped;
      while (left == 0 && known < HEADER && at < end) {
        header[known++] = bytes[at++] & 0xff;
      }
      return at;
    }

    /** Returns the number in a header that is complete; -1 where none is. */
    int takeNumber() {
      if (known < HEADER) {
        return -1;
      }
      known = 0;
      left = header[0] | header[1] << 8 | header[2] << 16;
      return header[3];
    }

    int length() {
      return left;
    }
  }

  /** Notes what the server sent; throws where its packets are out of order or too long. */
  void received(byte[] bytes, int from, int count) throws IOException {
    for (int at = from; at < from + count; ) {
      at = server.advance(bytes, at, from + count);
      int number = server.takeNumber();
      if (number >= 0 && number != next) {
        throw new IOException("packet " + number + " came where " + next + " was due");
      }
      if (number >= 0 && server.length() > BoundedSocket.MOST_BYTES) {
        throw new IOException("a packet of " + server.length() + " bytes was announced");
      }
      next = number < 0 ? next : (next + 1) & 0xff;
    }
  }

  /** Notes what the client sends; throws where the server has said more than was asked for. */
  void sent(byte[] bytes, int from, int count, int unread) throws IOException {
    if (unread > 0 || !server.isAtRest()) {
      throw new IOException("the server said more than it was asked");
    }
    for (int at = from; at < from + count; ) {
      at = client.advance(bytes, at, from + count);
      int number = client.takeNumber();
      next = number < 0 ? next : (number + 1) & 0xff;
    }
  }
}
