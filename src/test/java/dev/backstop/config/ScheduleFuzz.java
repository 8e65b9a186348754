package dev.backstop.config;

/** What the coverage-guided fuzzer of {@code bin/fuzz schedule} calls, found by name. */
public final class ScheduleFuzz {

  private ScheduleFuzz() {}

  /** Tries one input; throws where the reader or the runs do what they must not. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (ReaderTrial.schedule(bytes).isEmpty()) {
      throw new AssertionError("a reading without words");
    }
  }
}
