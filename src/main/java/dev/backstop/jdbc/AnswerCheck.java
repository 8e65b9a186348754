package dev.backstop.jdbc;

/**
 * Follows one connection packet by packet and refuses what would make the driver take memory that a
 * server only announced, or give away what it must not. Knows the text protocol alone. For one
 * thread at a time.
 */
final class AnswerCheck {

  private static final int CLIENT_SSL = 1 << 11;
  private static final int CLIENT_DEPRECATE_EOF = 1 << 24;
  private static final int SSL_REQUEST_BYTES = 32;
  private static final int COMMAND_QUIT = 1;
  private static final int COMMAND_QUERY = 3;
  private static final int OK = 0;
  private static final int FILE_WANTED = 0xfb;
  private static final int END = 0xfe;
  private static final int ERROR = 0xff;
  private static final int LONGEST_PLAIN_END = 5;
  private static final int MORE_RESULTS = 1 << 3;
  private static final int SESSION_CHANGED = 1 << 14;
  private static final int MOST_RESULTS = 10;
  private static final int TEXTS_OF_A_COLUMN = 6;

  private enum Stage {
    GREETING,
    LOGIN,
    IDLE,
    /** One packet of whatever kind is due. */
    SHORT,
    RESULT,
    COLUMNS,
    COLUMNS_END,
    ROWS
  }

  private volatile AnswerBounds bounds;
  private Stage stage;
  private int loginPackets;
  private int capabilities;
  private boolean securing;
  private int columns;
  private int columnsLeft;
  private int rows;
  private int results;

  private AnswerCheck(AnswerBounds bounds, Stage stage) {
    this.bounds = bounds;
    this.stage = stage;
  }

  /** Begins where a server greets. */
  static AnswerCheck fromGreeting(AnswerBounds bounds) {
    return new AnswerCheck(bounds, Stage.GREETING);
  }

  /** Begins within TLS, where the greeting is over. */
  static AnswerCheck fromLogin(AnswerBounds bounds) {
    return new AnswerCheck(bounds, Stage.LOGIN);
  }

  AnswerBounds bounds() {
    return bounds;
  }

  void bounds(AnswerBounds wanted) {
    bounds = wanted;
  }

  /** Returns whether the client has asked for TLS, which begins with the next byte. */
  boolean isSecuring() {
    return securing;
  }

  /** Returns whether nothing is due from the server until it is asked again. */
  boolean isComplete() {
    return stage == Stage.IDLE || stage == Stage.LOGIN;
  }

  /**
   * Notes a packet of the client.
   *
   * @param head its first bytes, four where it has as many
   */
  void asked(byte[] head, int length) {
    if (stage == Stage.LOGIN && capabilities == 0) {
      capabilities = little(head, 0, Math.min(4, length));
      securing = length == SSL_REQUEST_BYTES && (capabilities & CLIENT_SSL) != 0;
    } else if (stage != Stage.LOGIN && length > 0 && head[0] != COMMAND_QUIT) {
      results = 0;
      stage = head[0] == COMMAND_QUERY ? Stage.RESULT : Stage.SHORT;
    }
  }

  /** Notes a packet of the server; throws where it must not reach the driver. */
  void answered(byte[] packet, int length) throws BadAnswerException {
    int first = length == 0 ? -1 : packet[0] & 0xff;
    if (stage == Stage.GREETING || stage == Stage.LOGIN) {
      login(first, packet, length);
    } else if (first == ERROR) {
      stage = Stage.IDLE;
    } else {
      switch (stage) {
        case GREETING, LOGIN, IDLE -> {}
        case SHORT -> done(first, packet, length);
        case RESULT -> result(first, packet, length);
        case COLUMNS -> column(packet, length);
        case COLUMNS_END -> stage = Stage.ROWS;
        case ROWS -> row(first, packet, length);
      }
    }
  }

  private void login(int first, byte[] packet, int length) throws BadAnswerException {
    if (++loginPackets > AnswerBounds.LOGIN_PACKETS) {
      throw new BadAnswerException(
          "the login took more than " + AnswerBounds.LOGIN_PACKETS + " packets");
    }
    if (first != ERROR) {
      requireShort(length);
    }
    if (stage == Stage.LOGIN && first == OK) {
      done(first, packet, length);
    } else {
      stage = Stage.LOGIN;
    }
  }

  private void result(int first, byte[] packet, int length) throws BadAnswerException {
    if (first == FILE_WANTED) {
      throw new BadAnswerException(
          "it asks for a file of this machine (LOCAL INFILE), which no server gets");
    }
    if (first <= OK) {
      done(first, packet, length);
      return;
    }
    long count = new Lengths(packet, 0, length).number();
    if (count < 0 || count > bounds.columns()) {
      throw new BadAnswerException(
          "%s columns were announced, and at most %s are taken"
              .formatted(Long.toUnsignedString(count), bounds.columns()));
    }
    columns = (int) count;
    columnsLeft = columns;
    rows = 0;
    stage = Stage.COLUMNS;
  }

  private void column(byte[] packet, int length) throws BadAnswerException {
    new Lengths(packet, 0, length).texts(TEXTS_OF_A_COLUMN);
    columnsLeft--;
    if (columnsLeft == 0) {
      stage = endsAreOk() ? Stage.ROWS : Stage.COLUMNS_END;
    }
  }

  private void row(int first, byte[] packet, int length) throws BadAnswerException {
    if (first == END && length <= LONGEST_PLAIN_END) {
      ended(length < LONGEST_PLAIN_END ? 0 : little(packet, 3, 2));
    } else if (first == END && endsAreOk()) {
      done(first, packet, length);
    } else if (++rows > bounds.rows()) {
      throw new BadAnswerException("the answer has more than " + bounds.rows() + " rows");
    } else {
      new Lengths(packet, 0, length).texts(columns);
    }
  }

  private boolean endsAreOk() {
    return (capabilities & CLIENT_DEPRECATE_EOF) != 0;
  }

  /** Checks a packet that says OK. */
  private void done(int first, byte[] packet, int length) throws BadAnswerException {
    requireShort(length);
    if (first != OK && first != END) {
      stage = Stage.IDLE;
      return;
    }
    Lengths parts = new Lengths(packet, 1, length);
    parts.number();
    parts.number();
    int flags = parts.isAtEnd() ? 0 : parts.two();
    if ((flags & SESSION_CHANGED) != 0) {
      parts.two();
      parts.skipText();
      parts.number();
      while (!parts.isAtEnd()) {
        parts.one();
        parts.texts(1);
      }
    }
    ended(flags);
  }

  private void ended(int flags) throws BadAnswerException {
    boolean goesOn = stage != Stage.LOGIN && (flags & MORE_RESULTS) != 0;
    stage = goesOn ? Stage.RESULT : Stage.IDLE;
    if (goesOn && ++results > MOST_RESULTS) {
      throw new BadAnswerException("the answer has more than " + MOST_RESULTS + " results");
    }
  }

  private static void requireShort(int length) throws BadAnswerException {
    if (length > AnswerBounds.SHORT_PACKET_BYTES) {
      throw new BadAnswerException(
          "a packet of %s bytes came where at most %s are taken"
              .formatted(length, AnswerBounds.SHORT_PACKET_BYTES));
    }
  }

  private static int little(byte[] bytes, int from, int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number |= (bytes[from + i] & 0xff) << (8 * i);
    }
    return number;
  }

  /** Walks over the parts of a packet, each of which says how long it is. */
  private static final class Lengths {

    private static final int NULL = 0xfb;

    private final byte[] packet;
    private final int end;
    private int at;

    Lengths(byte[] packet, int from, int end) {
      this.packet = packet;
      this.at = from;
      this.end = end;
    }

    boolean isAtEnd() {
      return at >= end;
    }

    int one() throws BadAnswerException {
      require(1);
      return packet[at++] & 0xff;
    }

    int two() throws BadAnswerException {
      return one() | one() << 8;
    }

    /** Returns a number in 1 to 9 bytes, unsigned; 0 for none. */
    long number() throws BadAnswerException {
      int first = one();
      return switch (first) {
        case NULL -> 0;
        case 0xfc -> bytes(2);
        case 0xfd -> bytes(3);
        case 0xfe -> bytes(8);
        default -> first;
      };
    }

    private long bytes(int count) throws BadAnswerException {
      long number = 0;
      for (int i = 0; i < count; i++) {
        number |= (long) one() << (8 * i);
      }
      return number;
    }

    void texts(int count) throws BadAnswerException {
      for (int i = 0; i < count; i++) {
        long length = number();
        require(length);
        at += (int) length;
      }
    }

    /** Goes past a text that ends with a zero, or with the packet. */
    void skipText() {
      boolean isEnded = false;
      while (at < end && !isEnded) {
        isEnded = packet[at++] == 0;
      }
    }

    private void require(long length) throws BadAnswerException {
      if (length < 0 || length > end - at) {
        throw new BadAnswerException("a packet ends before a part of it that it announces");
      }
    }
  }
}
