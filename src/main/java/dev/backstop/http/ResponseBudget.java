package dev.backstop.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory that one page takes for all who ask for it: two at once have it made, and what
 * is made and not yet read is 12 MiB at most.
 *
 * <p>Others wait for a moment and are then told to come back. Each page has its own, so that those
 * who ask for a large one and never read it keep nobody from the others.
 */
final class ResponseBudget {

  static final int MAKERS = 2;
  static final int MOST_BYTES = 12 << 20;

  /** So little is not counted: every connection may hold it. */
  static final int SMALL = 16_384;

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String COME_BACK_SECONDS = "5";

  private final Semaphore makers = new Semaphore(MAKERS, true);
  private final Semaphore bytes = new Semaphore(MOST_BYTES, true);
  private final PageSource source;
  private final Duration patience;

  ResponseBudget(PageSource source, Duration patience) {
    this.source = source;
    this.patience = patience;
  }

  /** Rations a page as every door does. */
  static ResponseBudget of(PageSource source) {
    return new ResponseBudget(source, PATIENCE);
  }

  /**
   * Holds a page while it is sent; its memory counts until it is closed.
   *
   * @param counted the bytes that count
   */
  record Share(Page page, int counted, Semaphore bytes) implements AutoCloseable {

    /** Holds a page that takes from nobody's. */
    static Share free(Page page) {
      return new Share(page, 0, new Semaphore(0));
    }

    @Override
    public void close() {
      bytes.release(counted);
    }
  }

  /** Makes the page, or one that says that too many are at it. */
  Share make(Map<String, String> parameters) {
    if (!take(makers, 1)) {
      return Share.free(busy());
    }
    // Whoever waits for room goes on counting as a maker: what is made and waits is bounded too.
    try {
      Page page = source.page(parameters);
      int length = page.body().length;
      int counted = length <= SMALL ? 0 : Math.min(length, MOST_BYTES);
      return take(bytes, counted) ? new Share(page, counted, bytes) : Share.free(busy());
    } finally {
      makers.release();
    }
  }

  private boolean take(Semaphore from, int permits) {
    if (permits == 0) {
      return true;
    }
    try {
      return from.tryAcquire(permits, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Page busy() {
    return Page.text(503, "too many ask for this page at once, or do not read it; come back")
        .with("Retry-After", COME_BACK_SECONDS);
  }
}
