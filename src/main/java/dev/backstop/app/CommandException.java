package dev.backstop.app;

import java.util.List;

/** Says why a command can't be done, in words for the person who asked. */
public final class CommandException extends RuntimeException {

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

  private CommandException(Kind kind, List<String> lines) {
    super(String.join("; ", lines));
    this.kind = kind;
    this.lines = List.copyOf(lines);
  }

  /** Says that something did not work, and the next step. */
  public static CommandException failed(String words) {
    return new CommandException(Kind.FAILED, List.of(words));
  }

  /** Says that something did not work, line by line. */
  public static CommandException failed(List<String> lines) {
    return new CommandException(Kind.FAILED, lines);
  }

  /** Says that the command names what is not there, and what is. */
  public static CommandException usage(String words) {
    return new CommandException(Kind.USAGE, List.of(words));
  }

  /** Says that another daemon is at work where this one would be. */
  public static CommandException occupied(String words) {
    return new CommandException(Kind.OCCUPIED, List.of(words));
  }

  /** Lists all mistakes of the files, each {@code file:line:column: message}. */
  public static CommandException invalidFile(List<String> problems) {
    return new CommandException(Kind.INVALID_FILE, problems);
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
