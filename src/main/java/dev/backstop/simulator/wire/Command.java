package dev.backstop.simulator.wire;

/** Names the commands that a client may send after its login. */
enum Command {
  QUIT(0x01),
  INIT_DB(0x02),
  QUERY(0x03),
  FIELD_LIST(0x04),
  STATISTICS(0x09),
  PROCESS_KILL(0x0c),
  PING(0x0e),
  STATEMENT_PREPARE(0x16),
  STATEMENT_DATA(0x18),
  STATEMENT_CLOSE(0x19),
  SET_OPTION(0x1b),
  RESET_CONNECTION(0x1f),
  UNKNOWN(-1);

  private final int code;

  Command(int code) {
    this.code = code;
  }

  /** Returns the command of a packet's first byte. */
  static Command of(byte code) {
    for (Command command : values()) {
      if (command.code == code) {
        return command;
      }
    }
    return UNKNOWN;
  }
}
