package dev.backstop.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable request line and headers of a request, parsed strictly.
 *
 * @param headers by name in lower case, each with its values in order
 * @param isLast whether the connection is closed after the response
 */
record RequestHead(String method, URI target, Map<String, List<String>> headers, boolean isLast) {

  static final int MAX_HEADERS = 100;

  private static final String LENGTH = "content-length";
  private static final String TRANSFER = "transfer-encoding";

  /** Copies its headers. */
  RequestHead {
    headers = Map.copyOf(headers);
  }

  /**
   * Parses the text of a head, without the empty line that ends it.
   *
   * @throws MalformedRequest where it is not what HTTP/1 allows
   */
  static RequestHead parse(String text) throws MalformedRequest {
    String[] lines = text.split("\r\n", -1);
    String[] parts = lines[0].split(" ", -1);
    if (parts.length != 3 || parts[0].isEmpty() || !parts[2].matches("HTTP/1\\.[01]")) {
      throw new MalformedRequest(400, "not a request of HTTP/1.1");
    }
    Map<String, List<String>> headers = headers(lines);
    boolean isOld = parts[2].endsWith("0");
    return new RequestHead(
        parts[0], target(parts[1]), headers, isOld || hasBody(headers) || asksToClose(headers));
  }

  private static URI target(String text) throws MalformedRequest {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new MalformedRequest(400, "the address is malformed");
    }
  }

  private static Map<String, List<String>> headers(String[] lines) throws MalformedRequest {
    if (lines.length - 1 > MAX_HEADERS) {
      throw new MalformedRequest(431, "a request has " + MAX_HEADERS + " headers at most");
    }
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = colon < 0 ? "" : lines[i].substring(0, colon);
      if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
        throw new MalformedRequest(400, "a header is malformed");
      }
      headers
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>())
          .add(lines[i].substring(colon + 1).strip());
    }
    return headers;
  }

  /** Returns whether a body follows, which is not read, so that this request is the last. */
  private static boolean hasBody(Map<String, List<String>> headers) throws MalformedRequest {
    List<String> lengths = headers.getOrDefault(LENGTH, List.of());
    if (lengths.size() > 1 || !lengths.stream().allMatch(one -> one.matches("[0-9]{1,18}"))) {
      throw new MalformedRequest(400, "the length of the body is malformed");
    }
    return headers.containsKey(TRANSFER) || !lengths.stream().allMatch(one -> one.matches("0+"));
  }

  private static boolean asksToClose(Map<String, List<String>> headers) {
    return headers.getOrDefault("connection", List.of()).stream()
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
  }

  /** Returns the values of a header in order; empty where it is absent. */
  List<String> all(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** Returns the first value of a header; null where it is absent. */
  @Nullable String first(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }
}
