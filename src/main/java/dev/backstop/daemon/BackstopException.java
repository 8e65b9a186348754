package dev.backstop.daemon;

import java.util.List;

/** Thrown where a command or the daemon fails, with messages for the person who started it. */
public final class BackstopException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of failure, which decide the exit code. */
  public enum Kind {
    /** It was tried and did not work. */
    FAILED,
    /** The command names what is not there, such as an unknown cluster. */
    USAGE,
    /** The configuration or a policy is invalid. */
    INVALID_FILE,
    /** Another daemon works on the store; a later attempt may succeed. */
    OCCUPIED
  }

  private final Kind kind;
  private final transient List<String> lines;

  private BackstopException(Kind kind, List<String> lines) {
    super(String.join("; ", lines));
    this.kind = kind;
    this.lines = List.copyOf(lines);
  }

  /** Returns a failure with its cause and the next step. */
  public static BackstopException failed(String words) {
    return new BackstopException(Kind.FAILED, List.of(words));
  }

  /** Returns a failure of several lines. */
  public static BackstopException failed(List<String> lines) {
    return new BackstopException(Kind.FAILED, lines);
  }

  /** Returns the failure of a command that names what does not exist. */
  public static BackstopException usage(String words) {
    return new BackstopException(Kind.USAGE, List.of(words));
  }

  /** Returns the failure of a daemon whose store another one works on. */
  public static BackstopException occupied(String words) {
    return new BackstopException(Kind.OCCUPIED, List.of(words));
  }

  /**
   * Returns the failure of invalid files, with all mistakes, each {@code file:line:column:
   * message}.
   */
  public static BackstopException invalidFile(List<String> problems) {
    return new BackstopException(Kind.INVALID_FILE, problems);
  }

  /** Returns the kind. */
  public Kind kind() {
    return kind;
  }

  /** Returns the messages, a line each. */
  public List<String> lines() {
    return lines;
  }
}
