package dev.backstop.jdbc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checks the packets of one connection, and fails on responses for which the driver would allocate
 * memory that is only announced, loop without end, or send a file. Knows the text protocol only.
 * For one thread at a time.
 *
 * <p>{@code ResponseCheckTest} has one test for each refusal; {@code RogueServerIT} shows them
 * through the driver.
 */
final class ResponseCheck {

  private static final int CLIENT_SSL = 1 << 11;
  private static final int CLIENT_DEPRECATE_EOF = 1 << 24;
  private static final int SSL_REQUEST_BYTES = 32;
  private static final int COMMAND_QUIT = 1;
  private static final int COMMAND_QUERY = 3;
  private static final int OK = 0;
  private static final int LOCAL_INFILE = 0xfb;
  private static final int EOF = 0xfe;
  private static final int ERROR = 0xff;
  private static final int EOF_BYTES = 5;
  private static final int MORE_RESULTS = 1 << 3;
  private static final int SESSION_CHANGED = 1 << 14;
  private static final int MAX_RESULTS = 10;
  private static final int COLUMN_DEFINITION_TEXTS = 6;

  private enum Phase {
    GREETING,
    LOGIN,
    IDLE,
    /** One packet of any kind is due. */
    SINGLE_PACKET,
    RESULT_START,
    COLUMNS,
    COLUMNS_EOF,
    ROWS
  }

  private volatile ResponseLimits limits;
  private Phase phase;
  private int loginPackets;
  private int capabilities;
  private boolean tlsRequested;
  private int columns;
  private int columnsLeft;
  private int rows;
  private int results;

  private ResponseCheck(ResponseLimits limits, Phase phase) {
    this.limits = limits;
    this.phase = phase;
  }

  /** Returns a check that begins with the greeting of the server. */
  static ResponseCheck fromGreeting(ResponseLimits limits) {
    return new ResponseCheck(limits, Phase.GREETING);
  }

  /** Returns a check that begins within TLS, after the greeting. */
  static ResponseCheck fromLogin(ResponseLimits limits) {
    return new ResponseCheck(limits, Phase.LOGIN);
  }

  ResponseLimits limits() {
    return limits;
  }

  void limits(ResponseLimits limits) {
    this.limits = limits;
  }

  /** Returns whether the client has requested TLS, which begins with the next byte. */
  boolean isTlsRequested() {
    return tlsRequested;
  }

  /** Returns whether nothing more is due from the server before the next request. */
  boolean isResponseComplete() {
    return phase == Phase.IDLE || phase == Phase.LOGIN;
  }

  /**
   * Follows a packet of the client.
   *
   * @param start its first four bytes; zeros where it is shorter
   */
  void onRequestPacket(byte[] start, int length) {
    if (phase == Phase.LOGIN && capabilities == 0) {
      capabilities = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt();
      tlsRequested = length == SSL_REQUEST_BYTES && (capabilities & CLIENT_SSL) != 0;
    } else if (phase != Phase.LOGIN && length > 0 && start[0] != COMMAND_QUIT) {
      results = 0;
      phase = start[0] == COMMAND_QUERY ? Phase.RESULT_START : Phase.SINGLE_PACKET;
    }
  }

  /** Checks a packet of the server. */
  void onResponsePacket(PayloadReader packet) throws ProtocolViolationException {
    int first = packet.firstByte();
    if (phase == Phase.GREETING || phase == Phase.LOGIN) {
      onLoginPacket(first, packet);
    } else if (first == ERROR) {
      phase = Phase.IDLE;
    } else {
      switch (phase) {
        case GREETING, LOGIN, IDLE -> {}
        case SINGLE_PACKET -> onOk(first, packet);
        case RESULT_START -> onResultStart(first, packet);
        case COLUMNS -> onColumn(packet);
        case COLUMNS_EOF -> phase = Phase.ROWS;
        case ROWS -> onRow(first, packet);
      }
    }
  }

  private void onLoginPacket(int first, PayloadReader packet) throws ProtocolViolationException {
    if (++loginPackets > ResponseLimits.LOGIN_PACKETS) {
      throw new ProtocolViolationException(
          "the login took more than " + ResponseLimits.LOGIN_PACKETS + " packets");
    }
    if (first != ERROR) {
      requireShort(packet);
    }
    if (phase == Phase.LOGIN && first == OK) {
      onOk(first, packet);
    } else {
      phase = Phase.LOGIN;
    }
  }

  private void onResultStart(int first, PayloadReader packet) throws ProtocolViolationException {
    if (first == LOCAL_INFILE) {
      throw new ProtocolViolationException(
          "it asks for a file of this machine (LOCAL INFILE), which no server gets");
    }
    if (first <= OK) {
      onOk(first, packet);
      return;
    }
    long count = packet.readNumber();
    if (count < 0 || count > limits.columns()) {
      throw new ProtocolViolationException(
          "%s columns were announced, and at most %s are taken"
              .formatted(Long.toUnsignedString(count), limits.columns()));
    }
    columns = (int) count;
    columnsLeft = columns;
    rows = 0;
    phase = Phase.COLUMNS;
  }

  private void onColumn(PayloadReader packet) throws ProtocolViolationException {
    packet.skipTexts(COLUMN_DEFINITION_TEXTS);
    columnsLeft--;
    if (columnsLeft == 0) {
      phase = endsWithOk() ? Phase.ROWS : Phase.COLUMNS_EOF;
    }
  }

  private void onRow(int first, PayloadReader packet) throws ProtocolViolationException {
    if (first == EOF && packet.length() <= EOF_BYTES) {
      onEnd(packet.length() < EOF_BYTES ? 0 : packet.readEofFlags());
    } else if (first == EOF && endsWithOk()) {
      onOk(first, packet);
    } else if (++rows > limits.rows()) {
      throw new ProtocolViolationException("the answer has more than " + limits.rows() + " rows");
    } else {
      packet.skipTexts(columns);
    }
  }

  private boolean endsWithOk() {
    return (capabilities & CLIENT_DEPRECATE_EOF) != 0;
  }

  private void onOk(int first, PayloadReader packet) throws ProtocolViolationException {
    requireShort(packet);
    if (first != OK && first != EOF) {
      phase = Phase.IDLE;
      return;
    }
    packet.readByte();
    packet.readNumber();
    packet.readNumber();
    int flags = packet.isAtEnd() ? 0 : packet.readShort();
    if ((flags & SESSION_CHANGED) != 0) {
      packet.readShort();
      packet.skipZeroTerminatedText();
      packet.readNumber();
      while (!packet.isAtEnd()) {
        packet.readByte();
        packet.skipTexts(1);
      }
    }
    onEnd(flags);
  }

  private void onEnd(int flags) throws ProtocolViolationException {
    boolean hasMore = phase != Phase.LOGIN && (flags & MORE_RESULTS) != 0;
    phase = hasMore ? Phase.RESULT_START : Phase.IDLE;
    if (hasMore && ++results > MAX_RESULTS) {
      throw new ProtocolViolationException("the answer has more than " + MAX_RESULTS + " results");
    }
  }

  private static void requireShort(PayloadReader packet) throws ProtocolViolationException {
    if (packet.length() > ResponseLimits.SHORT_PACKET_BYTES) {
      throw new ProtocolViolationException(
          "a packet of %s bytes came where at most %s are taken"
              .formatted(packet.length(), ResponseLimits.SHORT_PACKET_BYTES));
    }
  }
}
