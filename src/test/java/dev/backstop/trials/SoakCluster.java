package dev.backstop.trials;

import dev.backstop.simulator.cluster.CopyRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;

/** One cluster of the soak with what its file and the people say; one action at a time. */
final class SoakCluster {

  private enum Stated {
    ON,
    OFF,
    GONE
  }

  private final TrialSite site;
  private final TrialCluster cluster;
  private Stated stated = Stated.ON;
  private boolean isDisarmed;

  SoakCluster(TrialSite site, TrialCluster cluster) {
    this.site = site;
    this.cluster = cluster;
    site.on(cluster.name());
  }

  String name() {
    return cluster.name();
  }

  /** Does one thing that somebody may do. */
  synchronized void act(Random random) {
    switch (random.nextInt(12)) {
      case 0, 1 -> state(Stated.ON);
      case 2, 3, 4 -> state(Stated.OFF);
      case 5 -> state(Stated.GONE);
      case 6 -> disarm();
      case 7 -> arm();
      case 8 -> work();
      default -> {
        Wire.Behaviour[] behaviours = Wire.Behaviour.values();
        cluster
            .wire()
            .behaviour(
                random.nextInt(2) == 0
                    ? Wire.Behaviour.NORMAL
                    : behaviours[random.nextInt(behaviours.length)]);
      }
    }
  }

  private void state(Stated desired) {
    boolean wasThere = Files.exists(site.file(name()));
    boolean permits = desired != Stated.ON && !isDisarmed && desired != stated;
    if (permits) {
      Duration after = desired == Stated.OFF ? TrialSite.SETTLE : TrialSite.GRACE;
      cluster.stated().forbidding(after, desired.name());
    }
    if (desired == Stated.GONE && wasThere) {
      TrialSite.remove(site.file(name()));
    } else if (desired != Stated.GONE) {
      String onOrOff = desired == Stated.ON ? "on" : "off";
      TrialSite.write(site.file(name()), TrialSite.policyText(name(), onOrOff));
    }
    if (desired == Stated.ON) {
      cluster.stated().protecting("its file says on");
    }
    stated = desired;
  }

  private void disarm() {
    // Where no daemon is there to confirm it, it holds all the same.
    if (site.type("disarm", name(), "--reason", "soak").text().contains("disarmed " + name())) {
      isDisarmed = true;
      cluster.stated().protecting("disarmed");
    }
  }

  private void arm() {
    if (!isDisarmed) {
      return;
    }
    if (stated != Stated.ON) {
      cluster.stated().forbidding(Duration.ZERO, "armed");
    }
    isDisarmed = site.type("arm", name()).code() != 0;
  }

  /** Starts what is to be stopped again. */
  private void work() {
    if (!cluster.runs()) {
      cluster.change(
          shown -> {
            shown.startSetJob(CopyRequest.all());
            shown.startPieceJob(CopyRequest.item(1));
          });
    }
  }

  /** Permits it, which ends every hold and contest. */
  synchronized void calm() {
    cluster.wire().behaviour(Wire.Behaviour.NORMAL);
    arm();
    state(Stated.ON);
  }

  /** Forbids it for good, with work to be stopped. */
  synchronized void end() {
    work();
    state(Stated.OFF);
  }
}
