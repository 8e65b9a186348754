package dev.backstop.http;

/** Signals a request that can't be answered as asked, with the page that says so. */
final class MalformedRequest extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Page page;

  MalformedRequest(int status, String words) {
    super(words);
    this.page = Page.text(status, words);
  }

  Page page() {
    return page;
  }
}
