package dev.backstop.config;

/** What the coverage-guided fuzzer of {@code bin/fuzz conf} calls, found by name. */
public final class ConfFuzz {

  private ConfFuzz() {}

  /** Tries one input; throws where the reader does what it must not. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (ReaderTrial.conf(bytes).isEmpty()) {
      throw new AssertionError("a reading without words");
    }
  }
}
