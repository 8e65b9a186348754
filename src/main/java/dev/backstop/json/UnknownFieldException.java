package dev.backstop.json;

/** Thrown where a text has a field that its type lacks. */
public final class UnknownFieldException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;

  UnknownFieldException(String type, String field, Throwable cause) {
    super("not the JSON of " + type + ": unknown field " + field, cause);
    this.field = field;
  }

  /** Returns the field's path within the text, such as {@code data.contest.count}. */
  public String field() {
    return field;
  }
}
