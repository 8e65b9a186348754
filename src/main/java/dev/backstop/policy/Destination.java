package dev.backstop.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Immutable place that a backup is written to, as patterns see it: without credentials, query and
 * trailing slash.
 *
 * @param scheme in lower case
 * @param path what follows {@code ://}
 * @param host the host of an object store; empty where the destination names none
 */
public record Destination(String scheme, String path, String host) {

  private static final String HOST = "host=";

  /**
   * Parses a destination as the server writes it.
   *
   * @return empty where it is none, or names two hosts
   */
  public static Optional<Destination> parse(String text) {
    String all = text.strip();
    int colon = all.indexOf("://");
    if (colon <= 0 || !isScheme(all.substring(0, colon))) {
      return Optional.empty();
    }
    String rest = all.substring(colon + 3);
    int question = rest.indexOf('?');
    List<String> hosts = new ArrayList<>();
    if (question >= 0) {
      for (String part : rest.substring(question + 1).split("&", -1)) {
        if (part.startsWith(HOST)) {
          hosts.add(part.substring(HOST.length()).toLowerCase(Locale.ROOT));
        }
      }
    }
    String path = path(question < 0 ? rest : rest.substring(0, question));
    return hosts.stream().distinct().count() > 1 || path.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Destination(
                all.substring(0, colon).toLowerCase(Locale.ROOT),
                path,
                hosts.isEmpty() ? "" : hosts.get(0)));
  }

  /** Returns a path without user info and trailing slashes. */
  private static String path(String written) {
    int slash = written.indexOf('/');
    int at = written.lastIndexOf('@', slash < 0 ? written.length() : slash);
    int end = written.length();
    while (end > at + 1 && written.charAt(end - 1) == '/') {
      end--;
    }
    return written.substring(at + 1, end);
  }

  static boolean isScheme(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                one ->
                    (one >= 'a' && one <= 'z')
                        || (one >= 'A' && one <= 'Z')
                        || (one >= '0' && one <= '9')
                        || "+.-".indexOf(one) >= 0);
  }

  /** Returns it as people are shown it. */
  @Override
  public String toString() {
    return scheme + "://" + path + (host.isEmpty() ? "" : "?" + HOST + host);
  }
}
