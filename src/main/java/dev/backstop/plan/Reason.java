package dev.backstop.plan;

/**
 * Reason of a state, for people and programs; nothing is decided by it.
 *
 * @param code the cause, as a closed choice
 * @param words the cause in words that name things and values
 * @param release the one command or edit that releases it; empty where nothing holds it
 */
public record Reason(ReasonCode code, String words, String release) {

  /** Explains a state that waits for nobody. */
  public static Reason of(ReasonCode code, String words) {
    return new Reason(code, words, "");
  }
}
