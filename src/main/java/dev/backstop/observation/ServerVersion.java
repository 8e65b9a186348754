package dev.backstop.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Immutable a server's version as dotted numbers (docs/oceanbase.md#versions).
 *
 * @param parts most significant first, never empty
 */
public record ServerVersion(List<Integer> parts) {

  private static final String NAME = "oceanbase";
  private static final int MOST_DIGITS = 9;
  private static final int MOST_PARTS = 10;

  /** Copies the parts. */
  public ServerVersion {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a version needs at least one number");
    }
  }

  /**
   * Reads a version from {@code version_comment}, else from {@code ob_version()}.
   *
   * @return empty where neither holds a dotted number, or where one of them was cut
   */
  public static Optional<ServerVersion> read(ServerText versionComment, ServerText obVersion) {
    return versionComment.wasCut() || obVersion.wasCut()
        ? Optional.empty()
        : named(versionComment.shown()).or(() -> bare(obVersion.shown()));
  }

  /** Returns the first dotted number behind the name; goes over the text once. */
  static Optional<ServerVersion> named(CharSequence text) {
    int matched = 0;
    for (int at = 0; at < text.length(); at++) {
      char one = Character.toLowerCase(text.charAt(at));
      if (matched < NAME.length()) {
        boolean goesOn = one == NAME.charAt(matched);
        // No letter of the name begins it again but its first.
        matched = goesOn ? matched + 1 : one == NAME.charAt(0) ? 1 : 0;
      } else if (isDigit(one)) {
        int end = endOfNumber(text, at);
        Optional<ServerVersion> version = parse(text, at, end);
        if (version.isPresent()) {
          return version;
        }
        at = end - 1;
        matched = 0;
      }
    }
    return Optional.empty();
  }

  /** Returns the dotted number that a text begins with. */
  static Optional<ServerVersion> bare(CharSequence text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == 'v') {
      at++;
    }
    return parse(text, at, endOfNumber(text, at));
  }

  /** Returns where digits end, and points that have a digit on both sides. */
  private static int endOfNumber(CharSequence text, int from) {
    int end = from;
    while (end < text.length()
        && (isDigit(text.charAt(end))
            || (text.charAt(end) == '.'
                && end > from
                && text.charAt(end - 1) != '.'
                && end + 1 < text.length()
                && isDigit(text.charAt(end + 1))))) {
      end++;
    }
    return end;
  }

  private static Optional<ServerVersion> parse(CharSequence text, int from, int end) {
    List<Integer> numbers = new ArrayList<>();
    int number = 0;
    int digits = 0;
    for (int at = from; at <= end; at++) {
      if (at < end && text.charAt(at) != '.') {
        number = 10 * number + (text.charAt(at) - '0');
        digits++;
      } else {
        numbers.add(number);
        number = 0;
        digits = 0;
      }
      if (digits > MOST_DIGITS || numbers.size() > MOST_PARTS) {
        return Optional.empty();
      }
    }
    return numbers.size() < 2 ? Optional.empty() : Optional.of(new ServerVersion(numbers));
  }

  private static boolean isDigit(char one) {
    return one >= '0' && one <= '9';
  }

  /** Returns whether the server no longer knows secondary backup: 4.0 and later. */
  public boolean lacksSecondaryBackup() {
    return parts.get(0) >= 4;
  }

  @Override
  public String toString() {
    StringJoiner dotted = new StringJoiner(".");
    for (int part : parts) {
      dotted.add(Integer.toString(part));
    }
    return dotted.toString();
  }
}
