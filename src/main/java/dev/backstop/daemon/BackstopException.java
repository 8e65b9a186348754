package dev.backstop.daemon;

import java.util.List;

/** Says why a command can't be done, in words for the person who asked. */
public final class BackstopException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says whose turn it is. */
  public enum Kind {
    /** It was tried and did not work. */
    FAILED,
    /** The command names what is not there, such as an unknown cluster. */
    USAGE,
    /** The configuration or a policy is invalid. */
    INVALID_FILE,
    /** Another daemon works on the store; a later try may find it gone. */
    OCCUPIED
  }

  private final Kind kind;
  private final transient List<String> lines;

  private BackstopException(Kind kind, List<String> lines) {
    super(String.join("; ", lines));
    this.kind = kind;
    this.lines = List.copyOf(lines);
  }

  /** Says that something did not work, and the next step. */
  public static BackstopException failed(String words) {
    return new BackstopException(Kind.FAILED, List.of(words));
  }

  /** Says that something did not work, line by line. */
  public static BackstopException failed(List<String> lines) {
    return new BackstopException(Kind.FAILED, lines);
  }

  /** Says that the command names what is not there, and what is. */
  public static BackstopException usage(String words) {
    return new BackstopException(Kind.USAGE, List.of(words));
  }

  /** Says that another daemon is at work where this one would be. */
  public static BackstopException occupied(String words) {
    return new BackstopException(Kind.OCCUPIED, List.of(words));
  }

  /** Lists all mistakes of the files, each {@code file:line:column: message}. */
  public static BackstopException invalidFile(List<String> problems) {
    return new BackstopException(Kind.INVALID_FILE, problems);
  }

  /** Returns whose turn it is. */
  public Kind kind() {
    return kind;
  }

  /** Returns the words, a line each. */
  public List<String> lines() {
    return lines;
  }
}
