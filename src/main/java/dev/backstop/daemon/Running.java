package dev.backstop.daemon;

/** Goes on until it is closed or ends by itself. */
public interface Running extends AutoCloseable {

  /** Waits until it has ended, by itself or by {@link #close}; throws what made it fail. */
  void awaitEnd() throws InterruptedException;

  /** Reads the configuration again; a bad file is told, and keeps the one in use. */
  void reload();

  /** Ends it in order, within ten seconds; another call does nothing. */
  @Override
  void close();
}
