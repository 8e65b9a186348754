package dev.backstop.trials;

import dev.backstop.simulator.cluster.CopyRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Gives the daemon less memory than an answer needs. */
final class MemoryTrials {

  private static final Duration REACH = Duration.ofSeconds(60);
  private static final int JOBS = 60_000;

  private MemoryTrials() {}

  static List<Finding> play() {
    return List.of(shortOfMemory());
  }

  /** The launcher gives it more, and no other option of its own for this. */
  private static Finding shortOfMemory() {
    return TrialRun.of(
        "an answer larger than the memory (-Xmx24m, %d jobs)".formatted(JOBS),
        (site, seen) -> {
          for (String name : List.of("hz", "big")) {
            site.add(name);
            site.on(name);
          }
          DaemonProcess daemon = site.run(List.of(), Map.of(), List.of("-Xmx24m"));
          PauseTrials.need(site.awaitStates("hz", "PERMITTED", REACH), "PERMITTED", daemon);
          site.cluster("big")
              .change(
                  shown -> {
                    for (int i = 0; i < JOBS; i++) {
                      shown.startPieceJob(CopyRequest.item(1));
                    }
                  });
          boolean isOver = Patience.until(REACH, () -> !daemon.isAlive());
          seen.add(isOver ? "the process ended with " + daemon.awaitEnd() : "it went on");
          site.off("hz");
          Patience.pass(Duration.ofSeconds(3));
          seen.add("statements of the dead: " + site.referee().judged());
          DaemonProcess second = site.run(List.of(), Map.of(), List.of("-Xmx256m"));
          site.awaitEnd("hz", "STOPPED", REACH);
          seen.add(
              "started again with the launcher's -Xmx256m it is "
                  + (second.isAlive() ? "alive" : "dead")
                  + ", hz is stopped");
          if (!site.cluster("big").acts().isEmpty() || !second.isAlive()) {
            site.referee().fault("it did not end well:\n" + second.output());
          }
        });
  }
}
