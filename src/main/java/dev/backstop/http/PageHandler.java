package dev.backstop.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Handles GET and HEAD by the page of exactly that path. */
final class PageHandler {

  private static final int MAX_QUERY_LENGTH = 2_048;

  private final Map<String, ResponseBudget> pages;
  private final AllowedHosts hosts;
  private final BiConsumer<String, RuntimeException> failures;

  PageHandler(
      Map<String, PageSource> pages,
      AllowedHosts hosts,
      BiConsumer<String, RuntimeException> failures) {
    this.pages =
        pages.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> ResponseBudget.of(e.getValue())));
    this.hosts = hosts;
    this.failures = failures;
  }

  /** Returns the page, or one that says why there is none; never throws. */
  ResponseBudget.Share handle(RequestHead request) {
    Page refusal = refusal(request);
    return refusal == null ? page(request) : ResponseBudget.Share.free(refusal);
  }

  private @Nullable Page refusal(RequestHead request) {
    String method = request.method();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Page.text(405, "only GET and HEAD are answered here; nothing can be changed")
          .with("Allow", "GET, HEAD");
    }
    // Only a browser sends this, with requests of foreign pages.
    if ("cross-site".equalsIgnoreCase(request.first("sec-fetch-site"))) {
      return Page.text(403, "pages of other sites have no business here");
    }
    if (!hosts.allows(request)) {
      return Page.text(
          421, "this server is for this machine alone: address it as localhost or 127.0.0.1");
    }
    String query = request.target().getRawQuery();
    return query != null && query.length() > MAX_QUERY_LENGTH
        ? Page.text(414, "a query has " + MAX_QUERY_LENGTH + " characters at most")
        : null;
  }

  private ResponseBudget.Share page(RequestHead request) {
    URI target = request.target();
    String path = target.getPath();
    ResponseBudget budget = path == null ? null : pages.get(path);
    if (path == null || budget == null) {
      return ResponseBudget.Share.free(Page.text(404, "no such page; / lists what there is"));
    }
    Map<String, List<String>> parameters;
    try {
      parameters = Query.parameters(target.getRawQuery());
    } catch (IllegalArgumentException e) {
      return ResponseBudget.Share.free(Page.text(400, String.valueOf(e.getMessage())));
    }
    try {
      return budget.make(parameters, AcceptEncoding.prefersGzip(request.all("accept-encoding")));
    } catch (RuntimeException e) {
      failures.accept(path, e);
    } catch (OutOfMemoryError e) {
      // The process can't continue.
      throw e;
    } catch (Error e) {
      // A fault of one page, as a stack overflow, ends neither the thread nor the daemon.
      failures.accept(path, new IllegalStateException(e));
    }
    return ResponseBudget.Share.free(Page.text(500, "this page failed; the daemon's log says why"));
  }
}
