package dev.backstop.policyfile;

import java.util.Comparator;

/**
 * Names one mistake in a file and where it is.
 *
 * @param file the file as the reader was told of it
 * @param line counted from 1
 * @param column counted from 1
 * @param message what is wrong, what is allowed, and what to do; never a credential
 */
public record Problem(String file, int line, int column, String message)
    implements Comparable<Problem> {

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code line:column: message}, for where the file is named already. */
  public String withoutFile() {
    return line + ":" + column + ": " + message;
  }

  @Override
  public String toString() {
    return file + ":" + withoutFile();
  }
}
