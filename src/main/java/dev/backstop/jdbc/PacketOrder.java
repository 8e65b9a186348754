package dev.backstop.jdbc;

/**
 * Follows the numbers of MySQL's packets, which the driver does not: where one was lost, doubled or
 * swallowed, rows would be missing and nobody would know. For one thread at a time.
 */
final class PacketOrder {

  /** Receives what the client sends, packet by packet. */
  interface Listener {
    /** Notes a packet by its first bytes, four where it has as many. */
    void asked(byte[] head, int length);
  }

  static final int HEADER = 4;

  private final byte[] header = new byte[HEADER];
  private final byte[] head = new byte[4];
  private final Listener listener;
  private int known;
  private int length;
  private int passed;
  private int next;

  PacketOrder(Listener listener) {
    this.listener = listener;
  }

  /** Notes the number of a packet of the server; throws where another one was due. */
  void received(int number) throws BadAnswerException {
    if (number != next) {
      throw new BadAnswerException("packet " + number + " came where " + next + " was due");
    }
    next = (next + 1) & 0xff;
  }

  /** Notes what the client sends. */
  void sent(byte[] bytes, int from, int count) {
    for (int at = from; at < from + count; at++) {
      if (known < HEADER) {
        header[known++] = bytes[at];
        if (known == HEADER) {
          begin();
        }
      } else {
        pass(bytes[at]);
      }
    }
  }

  private void begin() {
    length = length(header);
    passed = 0;
    next = ((header[3] & 0xff) + 1) & 0xff;
    if (length == 0) {
      end();
    }
  }

  private void pass(byte one) {
    if (passed < head.length) {
      head[passed] = one;
    }
    passed++;
    if (passed == length) {
      end();
    }
  }

  private void end() {
    known = 0;
    listener.asked(head, length);
  }

  /** Returns the length that a header announces. */
  static int length(byte[] header) {
    return (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
  }
}
