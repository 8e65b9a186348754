package dev.backstop.store;

/** Says what a store is opened for. */
public enum Access {
  /** Nothing is created, changed or locked. */
  READ,
  /** Nothing is changed either, and all of it is checked, as for {@link #WRITE}. */
  INSPECT,
  /** A store that is absent is created, an older one is brought up to date. */
  WRITE
}
