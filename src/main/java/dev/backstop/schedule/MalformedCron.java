package dev.backstop.schedule;

/** Thrown where a text is not a cron expression; the message does not quote it. */
final class MalformedCron extends Exception {

  private static final long serialVersionUID = 1L;

  private final String problem;

  MalformedCron(String problem) {
    super(problem, null, false, false);
    this.problem = problem;
  }

  /** Returns the message, which may follow the expression. */
  String problem() {
    return problem;
  }
}
