package dev.backstop.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Response that is ready to be written; closing it releases the memory of its page.
 *
 * @param isLast whether the connection is closed after it
 */
record Response(ResponseBudget.Share share, ByteBuffer head, ByteBuffer body, boolean isLast)
    implements AutoCloseable {

  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "X-content-type-options",
          "nosniff",
          "X-frame-options",
          "DENY",
          "Content-security-policy",
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Referrer-policy",
          "no-referrer",
          "Cross-origin-resource-policy",
          "same-origin",
          "Cross-origin-opener-policy",
          "same-origin",
          "Cache-control",
          "no-store",
          "Vary",
          "Accept-Encoding");

  /**
   * Encodes a page, with headers that allow a browser to display it only; a page's own value of
   * such a header replaces it.
   *
   * @param isHead whether the request is a HEAD, whose response has no body
   */
  static Response of(ResponseBudget.Share share, boolean isHead, boolean isLast, Instant now) {
    Page page = share.page();
    Map<String, String> headers = new TreeMap<>();
    headers.putAll(SECURITY_HEADERS);
    page.headers().forEach((name, value) -> headers.put(capitalised(name), value));
    headers.put("Content-type", page.contentType());
    headers.put("Content-length", Integer.toString(page.body().length));
    headers.put("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)));
    if (isLast) {
      headers.put("Connection", "close");
    }
    StringBuilder text = new StringBuilder("HTTP/1.1 ");
    text.append(page.status()).append(' ').append(phrase(page.status())).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    byte[] head = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer body = isHead ? ByteBuffer.allocate(0) : ByteBuffer.wrap(page.body());
    return new Response(share, ByteBuffer.wrap(head), body, isLast);
  }

  private static String capitalised(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT)
        + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String phrase(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 414 -> "URI Too Long";
      case 421 -> "Misdirected Request";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> "Error";
    };
  }

  boolean isWritten() {
    return !head.hasRemaining() && !body.hasRemaining();
  }

  @Override
  public void close() {
    share.close();
  }
}
