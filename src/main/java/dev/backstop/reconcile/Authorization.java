package dev.backstop.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * Answers a {@link PermitRequest}.
 *
 * @param permit null where none was granted
 * @param revision the memory's new revision where one was granted
 * @param refusal why none was granted, in words; empty where one was
 */
public record Authorization(@Nullable Permit permit, long revision, String refusal) {

  /** Grants a permit. */
  public static Authorization granted(Permit permit, long revision) {
    return new Authorization(permit, revision, "");
  }

  /** Refuses one, in words that name what is in the way. */
  public static Authorization refused(String why) {
    return new Authorization(null, 0, why);
  }
}
