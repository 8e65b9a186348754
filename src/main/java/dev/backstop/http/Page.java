package dev.backstop.http;

import dev.backstop.text.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Page that responds to one request.
 *
 * @param status the HTTP status code
 * @param contentType the media type with its charset
 * @param headers further headers by name
 * @param body the body of a GET; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Pages are large, written once, and never compared.
public record Page(int status, String contentType, Map<String, String> headers, byte[] body) {

  /** Copies its headers. */
  public Page {
    headers = Map.copyOf(headers);
  }

  /** Creates a page without further headers. */
  public Page(int status, String contentType, byte[] body) {
    this(status, contentType, Map.of(), body);
  }

  /** Returns a page of text in UTF-8. */
  public static Page of(int status, String contentType, String text) {
    return new Page(status, contentType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a page of one line, in which control characters are escaped. */
  public static Page text(int status, String line) {
    return of(status, "text/plain", VisibleText.line(line) + "\n");
  }

  /** Returns this page with a further header. */
  public Page with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Page(status, contentType, more, body);
  }

  /** Returns this page compressed by gzip, or as it is where that would not be shorter. */
  Page compressed() {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 8 + 64);
    try (OutputStream gzip = new FastGzip(compressed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every write", e);
    }
    return compressed.size() < body.length
        ? new Page(status, contentType, headers, compressed.toByteArray())
            .with("Content-Encoding", "gzip")
        : this;
  }

  /** Gzip at the fastest level, which takes milliseconds for megabytes of metrics. */
  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out, 8_192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
