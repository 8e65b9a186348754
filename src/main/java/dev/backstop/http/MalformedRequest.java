package dev.backstop.http;

/** Thrown where a request is malformed or too long; holds the page that says so. */
final class MalformedRequest extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Page page;

  MalformedRequest(int status, String message) {
    super(message);
    this.page = Page.text(status, message);
  }

  Page page() {
    return page;
  }
}
