package dev.backstop.http;

import dev.backstop.text.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers one request.
 *
 * @param status the HTTP status code
 * @param contentType the media type with its charset
 * @param headers further headers by name
 * @param body what a GET receives and a HEAD only learns the length of; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Pages are large, written once, and never compared.
public record Page(int status, String contentType, Map<String, String> headers, byte[] body) {

  /** Copies its headers. */
  public Page {
    headers = Map.copyOf(headers);
  }

  /** Answers without further headers. */
  public Page(int status, String contentType, byte[] body) {
    this(status, contentType, Map.of(), body);
  }

  /** Answers with text in UTF-8. */
  public static Page of(int status, String contentType, String text) {
    return new Page(status, contentType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with plain text, one line: no sign in it can mean more to a terminal than itself. */
  public static Page text(int status, String line) {
    return of(status, "text/plain", VisibleText.line(line) + "\n");
  }

  /** Adds a header. */
  public Page with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Page(status, contentType, more, body);
  }
}
