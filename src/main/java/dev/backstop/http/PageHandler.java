package dev.backstop.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Answers GET and HEAD with the page of exactly that path; never reads a request's body. */
final class PageHandler implements HttpHandler {

  private final Map<String, PageSource> pages;
  private final BiConsumer<String, RuntimeException> failures;

  PageHandler(Map<String, PageSource> pages, BiConsumer<String, RuntimeException> failures) {
    this.pages = Map.copyOf(pages);
    this.failures = failures;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      boolean head = method.equals("HEAD");
      Headers headers = exchange.getResponseHeaders();
      Page page;
      if (head || method.equals("GET")) {
        page = page(exchange.getRequestURI().getPath(), exchange.getRequestURI().getRawQuery());
      } else {
        headers.set("Allow", "GET, HEAD");
        page = Page.text(405, "only GET and HEAD are answered here; nothing can be changed");
      }
      protect(headers);
      headers.set("Content-Type", page.contentType());
      if (hasBody(exchange.getRequestHeaders())) {
        // What follows on this connection is a body nobody reads.
        headers.set("Connection", "close");
      }
      send(exchange, page, head);
    }
  }

  private Page page(String path, @Nullable String query) {
    PageSource source = pages.get(path);
    if (source == null) {
      return Page.text(404, "no such page; / lists what there is");
    }
    Map<String, String> parameters;
    try {
      parameters = Query.parameters(query);
    } catch (IllegalArgumentException e) {
      return Page.text(400, String.valueOf(e.getMessage()));
    }
    try {
      return source.page(parameters);
    } catch (RuntimeException e) {
      failures.accept(path, e);
      return Page.text(500, "this page failed; the daemon's log says why");
    }
  }

  private static void protect(Headers headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
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
      body.write(page.body());
    }
  }
}
