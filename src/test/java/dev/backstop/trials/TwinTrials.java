package dev.backstop.trials;

import dev.backstop.simulator.cluster.Fault;
import java.time.Duration;
import java.util.List;

/** Starts two daemons by mistake. */
final class TwinTrials {

  private static final Duration REACH = Duration.ofSeconds(60);

  private TwinTrials() {}

  static List<Finding> play() {
    return List.of(oneStore(), twoStores());
  }

  private static Finding oneStore() {
    return TrialRun.of(
        "a second run on the same store",
        (ground, seen) -> {
          ground.add("hz");
          ground.off("hz");
          DaemonProcess first = ground.run();
          PauseTrials.need(
              Patience.until(REACH, () -> !first.address().isEmpty()), "the start", first);
          DaemonProcess second = ground.run();
          int code = second.awaitEnd();
          seen.add("the second ended with " + code + ": " + second.said().strip());
          if (code != 1 || !first.isAlive()) {
            ground.referee().fault("the second was not refused");
          }
          ground.awaitEnd("hz", "STOPPED", REACH);
        });
  }

  /** Nothing that they share knows of the other; this tells what that means. */
  private static Finding twoStores() {
    return TrialRun.of(
        "two daemons with two stores on one cluster (not prevented)",
        (ground, seen) -> {
          TrialSite other = TrialSite.make();
          try {
            TrialCluster post = ground.add("hz");
            post.change(shown -> shown.faults().arm(Fault.SCHEDULERS_ASLEEP));
            ground.off("hz");
            other.adopt(post);
            TrialSite.write(other.file("hz"), TrialSite.wish("hz", "off"));
            other.run();
            ground.run();
            Patience.until(REACH, () -> post.acts().size() >= 4);
            Patience.pass(Duration.ofSeconds(20));
            long since = System.nanoTime() - post.acts().get(0).nanos();
            seen.add(
                "%d statements within %d s on a cluster where nothing moves, where one alone sends 2"
                        .formatted(post.acts().size(), Duration.ofNanos(since).toSeconds())
                    + " a minute: each keeps its own pace, and records its own");
            post.change(shown -> shown.faults().clearAll());
            ground.awaitEnd("hz", "STOPPED", KillTrial.RECOVERY);
            seen.add("both see it stopped");
            ground.referee().forgiveAll();
          } finally {
            other.close();
            other.forget();
          }
        });
  }
}
