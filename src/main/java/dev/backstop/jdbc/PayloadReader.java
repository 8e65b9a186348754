package dev.backstop.jdbc;

/** Reads the fields of one packet, and fails where a field is longer than its packet. */
final class PayloadReader {

  private static final int NULL = 0xfb;

  private final byte[] packet;
  private final int start;
  private final int end;
  private int position;

  PayloadReader(byte[] packet, int start, int end) {
    this.packet = packet;
    this.start = start;
    this.position = start;
    this.end = end;
  }

  /** Returns the first byte, -1 where there is none. */
  int firstByte() {
    return start == end ? -1 : packet[start] & 0xff;
  }

  int length() {
    return end - start;
  }

  boolean isAtEnd() {
    return position >= end;
  }

  int readByte() throws ProtocolViolationException {
    require(1);
    return packet[position++] & 0xff;
  }

  int readShort() throws ProtocolViolationException {
    return (int) readInteger(2);
  }

  /** Reads the flags of a packet that ends columns or rows. */
  int readEofFlags() throws ProtocolViolationException {
    readByte();
    readShort();
    return readShort();
  }

  /** Reads a number of 1 to 9 bytes, unsigned; 0 for NULL. */
  long readNumber() throws ProtocolViolationException {
    int first = readByte();
    return switch (first) {
      case NULL -> 0;
      case 0xfc -> readInteger(2);
      case 0xfd -> readInteger(3);
      case 0xfe -> readInteger(8);
      default -> first;
    };
  }

  private long readInteger(int bytes) throws ProtocolViolationException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (long) readByte() << (8 * i);
    }
    return number;
  }

  /** Skips texts that are preceded by their length. */
  void skipTexts(int count) throws ProtocolViolationException {
    for (int i = 0; i < count; i++) {
      long length = readNumber();
      require(length);
      position += (int) length;
    }
  }

  /** Skips a text that ends with a zero byte, or with the packet. */
  void skipZeroTerminatedText() {
    boolean isOver = false;
    while (position < end && !isOver) {
      isOver = packet[position] == 0;
      position++;
    }
  }

  private void require(long length) throws ProtocolViolationException {
    if (length < 0 || length > end - position) {
      throw new ProtocolViolationException("a packet ends before a part of it that it announces");
    }
  }
}
