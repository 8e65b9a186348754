package dev.backstop.cli;

import picocli.CommandLine.Option;

/** Lets a person write to the store where no daemon acts on it. */
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
