package dev.backstop.jdbc;

/**
 * Bounds what is taken from a server in answer to one question. Whatever a server announces is
 * compared with these before memory is taken for it.
 *
 * @param packetBytes the longest packet
 * @param answerBytes the longest answer, all of its packets together
 * @param rows the most rows
 * @param columns the most columns of a row
 */
record AnswerBounds(int packetBytes, long answerBytes, int rows, int columns) {

  /** The most packets that a server may send from its greeting to the end of a login. */
  static final int LOGIN_PACKETS = 20;

  /** The longest packet that only says that something is done, or how to log in. */
  static final int SHORT_PACKET_BYTES = 64 << 10;

  /** For a cluster until its login is complete: the driver holds these answers whole. */
  static final AnswerBounds LOGIN = new AnswerBounds(1 << 20, 1 << 20, 10_000, 100);

  /**
   * For what is asked of a cluster afterwards, which is read row by row: twice 10,000 jobs whose
   * destinations have 2,048 bytes, and what goes with them.
   */
  static final AnswerBounds LOOK = new AnswerBounds(1 << 20, 48L << 20, 100_000, 100);

  /** For the state store, whose answers the driver holds whole. */
  static final AnswerBounds STORE = new AnswerBounds(0xfffffe, 32L << 20, 200_000, 100);
}
