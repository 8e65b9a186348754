package dev.backstop.cli;

/** The exit codes. */
enum ExitCode {
  OK(0, "done; for apply: nothing is left to do"),
  ERROR(1, "it was tried and did not work"),
  WOULD_SEND(2, "plan --detailed-exitcode: there is something to send"),
  NEEDS_PERSON(3, "something is disarmed, held, blocked or contested"),
  NOT_PROVEN(4, "time was up before every stop was proven"),
  NOT_READABLE(5, "a cluster could not be read, or has no secondary backup (4.0 and later)"),
  WRONG_CLUSTER(6, "another cluster answered than the configuration expects"),
  USAGE(64, "the command was not understood"),
  OCCUPIED(75, "run: another daemon works on the state store, which a server holds"),
  INVALID_FILE(78, "the configuration or a policy is invalid"),
  INTERRUPTED(130, "ended by Ctrl-C"),
  TERMINATED(143, "ended by SIGTERM");

  private final int code;
  private final String words;

  ExitCode(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** Returns the number that the shell sees. */
  int code() {
    return code;
  }

  /** Returns its meaning. */
  String words() {
    return words;
  }
}
