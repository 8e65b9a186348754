package dev.backstop.jdbc;

/**
 * Limits of what is read from a server in response to one request. Whatever a server announces is
 * compared with them before memory is allocated for it.
 *
 * @param packetBytes the longest packet
 * @param totalBytes the longest response, all of its packets together
 * @param rows the most rows
 * @param columns the most columns of a row
 */
record ResponseLimits(int packetBytes, long totalBytes, int rows, int columns) {

  /** The most packets that a server may send from its greeting to the end of a login. */
  static final int LOGIN_PACKETS = 20;

  /** The longest packet that reports success or takes part in a login. */
  static final int SHORT_PACKET_BYTES = 64 << 10;

  /** Until a login is complete: the driver buffers these responses whole. */
  static final ResponseLimits LOGIN = new ResponseLimits(1 << 20, 1 << 20, 10_000, 100);

  /**
   * For a cluster after the login, whose responses are read row by row: twice 10,000 jobs whose
   * destinations have 2,048 bytes, and the rows beside them.
   */
  static final ResponseLimits LOOK = new ResponseLimits(1 << 20, 48L << 20, 100_000, 100);

  /** For the state store after the login, whose responses the driver buffers whole. */
  static final ResponseLimits STORE = new ResponseLimits(0xfffffe, 32L << 20, 200_000, 100);

  /** A socket whose limits can change. */
  interface Limited {

    /** Sets the limits of the responses from now on. */
    void limits(ResponseLimits limits);
  }
}
