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
        (site, seen) -> {
          site.add("hz");
          site.off("hz");
          DaemonProcess first = site.run();
          PauseTrials.need(
              Patience.until(REACH, () -> !first.address().isEmpty()), "the start", first);
          DaemonProcess second = site.run();
          int code = second.awaitEnd();
          seen.add("the second ended with " + code + ": " + second.output().strip());
          if (code != 1 || !first.isAlive()) {
            site.referee().fault("the second was not refused");
          }
          site.awaitEnd("hz", "STOPPED", REACH);
        });
  }

  /** Nothing that they share knows of the other; this shows what that means. */
  private static Finding twoStores() {
    return TrialRun.of(
        "two daemons with two stores on one cluster (not prevented)",
        (site, seen) -> {
          TrialSite other = TrialSite.make();
          try {
            TrialCluster cluster = site.add("hz");
            cluster.change(shown -> shown.faults().arm(Fault.SCHEDULERS_ASLEEP));
            site.off("hz");
            other.adopt(cluster);
            TrialSite.write(other.file("hz"), TrialSite.policyText("hz", "off"));
            other.run();
            site.run();
            Patience.until(REACH, () -> cluster.acts().size() >= 4);
            Patience.pass(Duration.ofSeconds(20));
            long since = System.nanoTime() - cluster.acts().get(0).nanos();
            seen.add(
                "%d statements within %d s on a cluster where nothing moves, where one alone sends 2"
                        .formatted(cluster.acts().size(), Duration.ofNanos(since).toSeconds())
                    + " a minute: each keeps its own pace, and records its own");
            cluster.change(shown -> shown.faults().clearAll());
            site.awaitEnd("hz", "STOPPED", KillTrial.RECOVERY);
            seen.add("both see it stopped");
            site.referee().forgiveAll();
          } finally {
            other.close();
            other.forget();
          }
        });
  }
}
