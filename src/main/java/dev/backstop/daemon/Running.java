package dev.backstop.daemon;

/** Runs until it is closed or ends by itself. */
public interface Running extends AutoCloseable {

  /** Waits for the end, by itself or by {@link #close}; throws what made it fail. */
  void awaitEnd() throws InterruptedException;

  /** Reads the configuration again; an invalid file is logged, and the present one stays in use. */
  void reload();

  /** Ends it in order, within ten seconds; further calls do nothing. */
  @Override
  void close();
}
