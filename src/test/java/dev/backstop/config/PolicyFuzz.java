package dev.backstop.config;

/** What the coverage-guided fuzzer of {@code bin/fuzz policy} calls, found by name. */
public final class PolicyFuzz {

  private PolicyFuzz() {}

  /** Tries one input; throws where the reader does what it must not. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (ReaderTrial.policy(bytes).isEmpty()) {
      throw new AssertionError("a reading without words");
    }
  }
}
