package dev.backstop.policy;

import java.util.Optional;

/**
 * Immutable pattern of destinations that a policy lists. {@code *} stands for any characters, those
 * of a folder's name and {@code /} alike, but never for the scheme; the whole path must match.
 *
 * @param pattern scheme, path and host, of which path and host may hold {@code *}
 */
public record DestinationPattern(Destination pattern) {

  /** Parses a pattern; empty where the text has no scheme and path of its own. */
  public static Optional<DestinationPattern> parse(String text) {
    return Destination.parse(text).map(DestinationPattern::new);
  }

  /** Returns whether a destination is listed. */
  public boolean lists(Destination destination) {
    return pattern.scheme().equals(destination.scheme())
        && matches(pattern.path(), destination.path())
        && (pattern.host().isEmpty() || matches(pattern.host(), destination.host()));
  }

  /** Returns whether it lists a bucket of any host, as an object store's without a host does. */
  public boolean lacksHost() {
    return !pattern.scheme().equals("file") && pattern.host().isEmpty();
  }

  private static boolean matches(String pattern, String text) {
    int next = 0;
    int at = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      if (next < pattern.length() && pattern.charAt(next) == '*') {
        star = next++;
        resume = at;
      } else if (next < pattern.length() && pattern.charAt(next) == text.charAt(at)) {
        next++;
        at++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (next < pattern.length() && pattern.charAt(next) == '*') {
      next++;
    }
    return next == pattern.length();
  }

  @Override
  public String toString() {
    return pattern.toString();
  }
}
