package dev.backstop.config;

import java.util.Comparator;

/**
 * Names one mistake in a file and where it is.
 *
 * @param file the file's name or path as messages show it
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

  /** Returns the same mistake in words that quote nothing of the file. */
  Problem withoutWords() {
    return new Problem(
        file,
        line,
        column,
        kind()
            + "; the file is reached by a link out of the policy folder, so its words are not"
            + " shown: look into it there, or replace the link by the file");
  }

  private String kind() {
    if (message.contains(" is not a key here")) {
      return "a key that no policy has";
    }
    if (message.startsWith("duplicate key")) {
      return "a key that is there already";
    }
    if (message.startsWith("not valid YAML")) {
      return "not valid YAML";
    }
    if (message.startsWith("the file ")) {
      return "not a policy file";
    }
    int missing = message.indexOf(" is missing");
    return missing > 0 ? message.substring(0, missing + 11) : "a value that is not allowed";
  }

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
