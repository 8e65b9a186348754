package dev.backstop.daemon;

import dev.backstop.http.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files of the status page, read once: a document at {@code /}, and what it refers to. */
final class StatusPageFiles {

  /** The only folder from which the document loads anything. */
  static final String FOLDER = "/page/";

  private static final String RESOURCES = "/dev/backstop/page/";
  private static final String DOCUMENT = "page.html";

  private static final List<String> REFERRED =
      List.of(
          "page.css",
          "icon.svg",
          "main.js",
          "chinese.js",
          "cluster.js",
          "clusters.js",
          "decisions.js",
          "dom.js",
          "english.js",
          "format.js",
          "history.js",
          "policies.js",
          "records.js",
          "states.js",
          "timeline.js",
          "words.js");

  /**
   * Scripts, styles, pictures and answers from this server alone, nothing inline, and no text that
   * is parsed as HTML.
   */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " require-trusted-types-for 'script'; trusted-types 'none';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private StatusPageFiles() {}

  /** Returns the pages by path. */
  static Map<String, Page> byPath() {
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/", page(DOCUMENT).with("Content-Security-Policy", CONTENT_SECURITY_POLICY));
    REFERRED.forEach(name -> pages.put(FOLDER + name, page(name)));
    return pages;
  }

  private static Page page(String name) {
    try (InputStream in = StatusPageFiles.class.getResourceAsStream(RESOURCES + name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + RESOURCES + name);
      }
      return new Page(200, mediaType(name) + "; charset=utf-8", in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "html" -> "text/html";
      case "css" -> "text/css";
      case "js" -> "text/javascript";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("no media type is known for " + name);
    };
  }
}
