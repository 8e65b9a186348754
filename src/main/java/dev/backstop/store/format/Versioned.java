package dev.backstop.store.format;

import org.jspecify.annotations.Nullable;

/** A stored record that says in which version of its format it is. */
interface Versioned {

  /** Returns the version; null for the first, which did not say so. */
  @Nullable Integer format();

  /** Returns whether a newer program wrote it, in a version that this one does not know. */
  default boolean isNewer() {
    Integer version = format();
    return version != null && version > RecordFormat.VERSION;
  }
}
