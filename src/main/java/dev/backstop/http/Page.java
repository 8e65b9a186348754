package dev.backstop.http;

import java.nio.charset.StandardCharsets;

/**
 * Answers one request.
 *
 * @param status the HTTP status code
 * @param contentType the media type with its charset
 * @param body what a GET receives and a HEAD only learns the length of; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Pages are large, written once, and never compared.
public record Page(int status, String contentType, byte[] body) {

  /** Answers with text in UTF-8. */
  public static Page of(int status, String contentType, String text) {
    return new Page(status, contentType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with plain text, one line: no sign in it can mean more to a terminal than itself. */
  public static Page text(int status, String line) {
    return of(status, "text/plain", line.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ") + "\n");
  }
}
