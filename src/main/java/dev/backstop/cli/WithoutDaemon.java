package dev.backstop.cli;

import picocli.CommandLine.Option;

/** The option to write to a store that no daemon works on. */
final class WithoutDaemon {

  @Option(
      names = "--no-daemon",
      description = "Write though no daemon of this configuration runs; refused where one does")
  private boolean chosen;

  /** Returns whether the person said so. */
  boolean isChosen() {
    return chosen;
  }
}
