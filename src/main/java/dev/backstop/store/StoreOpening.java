package dev.backstop.store;

import org.jspecify.annotations.Nullable;

/**
 * Says what became of opening the store.
 *
 * @param result what was found
 * @param store the store; null unless OPENED or CREATED
 * @param words what is wrong and with which file; empty unless UNREADABLE or DENIED
 */
public record StoreOpening(Result result, @Nullable JdbcStore store, String words) {

  /** Names what can be found. */
  public enum Result {
    /** It was there and passed its check. */
    OPENED,
    /** It was not there and has been created: a first start. */
    CREATED,
    /** It is not there, and reading creates nothing. */
    ABSENT,
    /** It is there and fails its check; it is never replaced without a person. */
    UNREADABLE,
    /** This user may not read it; whether it is there, and whole, is not known. */
    DENIED
  }

  static StoreOpening opened(Result result, JdbcStore store) {
    return new StoreOpening(result, store, "");
  }

  static StoreOpening absent() {
    return new StoreOpening(Result.ABSENT, null, "");
  }

  static StoreOpening denied(String words) {
    return new StoreOpening(Result.DENIED, null, words);
  }

  static StoreOpening unreadable(String words) {
    return new StoreOpening(Result.UNREADABLE, null, words);
  }
}
