package dev.backstop.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code host:port}, and {@code [address]:port} for IPv6.
 *
 * @param host without brackets
 * @param port within the bounds asked for
 */
record HostPort(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:([A-Za-z0-9._-]{1,253})|\\[([0-9A-Fa-f:.]{2,45}(?:%[\\w.-]+)?)]):(\\d{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  /** Reads an endpoint of a cluster. */
  static HostPort endpoint(String text) throws MalformedValue {
    return read(text, 1, "10.0.0.1:2881 (an OBServer) or 10.0.0.1:2883 (an OBProxy)");
  }

  /** Reads an address to listen at, where port 0 is any free one. */
  static HostPort listen(String text) throws MalformedValue {
    return read(text, 0, "127.0.0.1:9466");
  }

  private static HostPort read(String text, int lowestPort, String example) throws MalformedValue {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      String hint = isBareAddress(text) ? "; an IPv6 address stands in brackets" : "";
      throw new MalformedValue(
          "must be host:port such as " + example + ", not " + Values.quote(text) + hint);
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port < lowestPort || port > HIGHEST_PORT) {
      throw new MalformedValue(
          "must have a port from " + lowestPort + " to " + HIGHEST_PORT + ", not " + port);
    }
    String name = matcher.group(1);
    return new HostPort(name == null ? matcher.group(2) : name, port);
  }

  private static boolean isBareAddress(String text) {
    int second = text.indexOf(':', text.indexOf(':') + 1);
    return second > 0
        && text.substring(0, second)
            .chars()
            .allMatch(part -> "0123456789abcdefABCDEF:.".indexOf(part) >= 0);
  }
}
