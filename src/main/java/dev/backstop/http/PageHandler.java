package dev.backstop.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET and HEAD with the page of exactly that path; never reads a request's body, and says
 * on every answer what a browser may do with it: nothing but show it.
 */
final class PageHandler implements HttpHandler {

  private static final int LONGEST_QUERY = 2_048;
  private static final int PORTION = 16_384;

  private static final Map<String, String> PROTECTION =
      Map.of(
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Content-Security-Policy",
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Map<String, Ration> pages;
  private final AllowedHosts hosts;
  private final BiConsumer<String, RuntimeException> failures;

  PageHandler(
      Map<String, PageSource> pages,
      AllowedHosts hosts,
      BiConsumer<String, RuntimeException> failures) {
    this.pages =
        pages.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Ration.of(e.getValue())));
    this.hosts = hosts;
    this.failures = failures;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange;
        Ration.Share share = answer(exchange)) {
      Headers headers = exchange.getResponseHeaders();
      Page page = share.page();
      page.headers().forEach(headers::set);
      PROTECTION.forEach(headers::set);
      headers.set("Content-Type", page.contentType());
      if (hasBody(exchange.getRequestHeaders())) {
        // What follows on this connection is a body nobody reads.
        headers.set("Connection", "close");
      }
      send(exchange, page, exchange.getRequestMethod().equals("HEAD"));
    }
  }

  private Ration.Share answer(HttpExchange exchange) {
    Page refusal = refusal(exchange);
    return refusal == null ? page(exchange.getRequestURI()) : Ration.Share.free(refusal);
  }

  private @Nullable Page refusal(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Page.text(405, "only GET and HEAD are answered here; nothing can be changed")
          .with("Allow", "GET, HEAD");
    }
    // Only a browser says this, of a request that a page elsewhere made it send.
    if ("cross-site".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Sec-Fetch-Site"))) {
      return Page.text(403, "pages of other sites have no business here");
    }
    if (!hosts.allow(exchange)) {
      return Page.text(
          421, "this is a door of this machine alone: address it as localhost or 127.0.0.1");
    }
    String query = exchange.getRequestURI().getRawQuery();
    return query != null && query.length() > LONGEST_QUERY
        ? Page.text(414, "a query has " + LONGEST_QUERY + " characters at most")
        : null;
  }

  private Ration.Share page(URI target) {
    String path = target.getPath();
    Ration ration = path == null ? null : pages.get(path);
    if (path == null || ration == null) {
      return Ration.Share.free(Page.text(404, "no such page; / lists what there is"));
    }
    Map<String, String> parameters;
    try {
      parameters = Query.parameters(target.getRawQuery());
    } catch (IllegalArgumentException e) {
      return Ration.Share.free(Page.text(400, String.valueOf(e.getMessage())));
    }
    try {
      return ration.make(parameters);
    } catch (RuntimeException e) {
      failures.accept(path, e);
      return Ration.Share.free(Page.text(500, "this page failed; the daemon's log says why"));
    }
  }

  private static boolean hasBody(Headers request) {
    String length = request.getFirst("Content-Length");
    return request.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
  }

  private static void send(HttpExchange exchange, Page page, boolean head) throws IOException {
    int length = page.body().length;
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
      exchange.sendResponseHeaders(page.status(), -1);
      return;
    }
    // To the server, -1 is an empty body and 0 one of unknown length.
    exchange.sendResponseHeaders(page.status(), length == 0 ? -1 : length);
    try (OutputStream body = exchange.getResponseBody()) {
      pour(page.body(), body);
    }
  }

  /**
   * Writes a body in portions: the JDK's server copies what it is handed at once, three times its
   * size for each client, and keeps it for as long as a client does not read.
   */
  static void pour(byte[] body, OutputStream into) throws IOException {
    for (int from = 0; from < body.length; from += PORTION) {
      into.write(body, from, Math.min(PORTION, body.length - from));
    }
  }
}
