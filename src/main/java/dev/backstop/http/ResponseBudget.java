package dev.backstop.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory budget of one page: two threads make it at a time, and responses that are not yet read
 * have 12 MiB at most.
 *
 * <p>Other requests wait for some seconds and then get 503. Each page has a budget of its own, so
 * that clients that never read a large page do not block the other pages.
 */
final class ResponseBudget {

  static final int MAX_MAKERS = 2;
  static final int MAX_BYTES = 12 << 20;

  /** Shorter pages do not count, as every connection may hold one. */
  static final int UNCOUNTED_BYTES = 16_384;

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final String RETRY_AFTER_SECONDS = "5";

  private final Semaphore makers = new Semaphore(MAX_MAKERS, true);
  private final Semaphore bytes = new Semaphore(MAX_BYTES, true);
  private final PageSource source;
  private final Duration timeout;

  ResponseBudget(PageSource source, Duration timeout) {
    this.source = source;
    this.timeout = timeout;
  }

  /** Returns the budget of a page with the standard timeout. */
  static ResponseBudget of(PageSource source) {
    return new ResponseBudget(source, TIMEOUT);
  }

  /**
   * A page with its share of the budget, which closing it releases.
   *
   * @param counted the bytes that count
   */
  record Share(Page page, int counted, Semaphore bytes) implements AutoCloseable {

    /** Returns a page that does not count. */
    static Share free(Page page) {
      return new Share(page, 0, new Semaphore(0));
    }

    @Override
    public void close() {
      bytes.release(counted);
    }
  }

  /**
   * Makes the page, or returns a 503 where the budget is used up. A compressed page counts with its
   * compressed size; both sizes are in memory only while one of the two threads makes it.
   *
   * @param compress whether the client prefers a compressed page
   */
  Share make(Map<String, List<String>> parameters, boolean compress) {
    if (!acquire(makers, 1)) {
      return Share.free(busy());
    }
    // A maker that waits for memory still counts, which limits the pages that wait.
    try {
      Page made = source.page(parameters);
      Page page = compress ? made.compressed() : made;
      int length = page.body().length;
      int counted = length <= UNCOUNTED_BYTES ? 0 : Math.min(length, MAX_BYTES);
      return acquire(bytes, counted) ? new Share(page, counted, bytes) : Share.free(busy());
    } finally {
      makers.release();
    }
  }

  private boolean acquire(Semaphore semaphore, int permits) {
    if (permits == 0) {
      return true;
    }
    try {
      return semaphore.tryAcquire(permits, timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Page busy() {
    return Page.text(503, "too many ask for this page at once, or do not read it; come back")
        .with("Retry-After", RETRY_AFTER_SECONDS);
  }
}
