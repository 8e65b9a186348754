package dev.backstop.store;

/** What a store is opened for. */
public enum Access {
  /** Nothing is created, changed or locked. */
  READ,
  /** Nothing is changed either, and all of it is checked, as for {@link #WRITE}. */
  INSPECT,
  /** Nothing is created; an older store is brought up to date. */
  CHANGE,
  /** A store that is absent is created, an older one is brought up to date. */
  WRITE;

  /** Returns whether what is there may be changed. */
  boolean mayChange() {
    return this == CHANGE || this == WRITE;
  }
}
