package dev.backstop.trials;

import dev.backstop.simulator.cluster.CopyRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;

/** One cluster of the soak with what its file and the people say; one deed at a time. */
final class SoakCluster {

  private enum Said {
    ON,
    OFF,
    GONE
  }

  private final TrialSite ground;
  private final TrialCluster post;
  private Said said = Said.ON;
  private boolean isDisarmed;

  SoakCluster(TrialSite ground, TrialCluster post) {
    this.ground = ground;
    this.post = post;
    ground.on(post.name());
  }

  String name() {
    return post.name();
  }

  /** Does one thing that somebody may do. */
  synchronized void deed(Random random) {
    switch (random.nextInt(12)) {
      case 0, 1 -> say(Said.ON);
      case 2, 3, 4 -> say(Said.OFF);
      case 5 -> say(Said.GONE);
      case 6 -> disarm();
      case 7 -> arm();
      case 8 -> work();
      default -> {
        Wire.Mood[] moods = Wire.Mood.values();
        post.wire()
            .mood(random.nextInt(2) == 0 ? Wire.Mood.CALM : moods[random.nextInt(moods.length)]);
      }
    }
  }

  private void say(Said wanted) {
    boolean wasThere = Files.exists(ground.file(name()));
    boolean permits = wanted != Said.ON && !isDisarmed && wanted != said;
    if (permits) {
      Duration after = wanted == Said.OFF ? TrialSite.SETTLE : TrialSite.GRACE;
      post.papers().forbidding(after, wanted.name());
    }
    if (wanted == Said.GONE && wasThere) {
      TrialSite.remove(ground.file(name()));
    } else if (wanted != Said.GONE) {
      String wish = wanted == Said.ON ? "on" : "off";
      TrialSite.write(ground.file(name()), TrialSite.wish(name(), wish));
    }
    if (wanted == Said.ON) {
      post.papers().protecting("its file says on");
    }
    said = wanted;
  }

  private void disarm() {
    // Where no daemon is there to confirm it, it holds all the same.
    if (ground.type("disarm", name(), "--reason", "soak").text().contains("disarmed " + name())) {
      isDisarmed = true;
      post.papers().protecting("disarmed");
    }
  }

  private void arm() {
    if (!isDisarmed) {
      return;
    }
    if (said != Said.ON) {
      post.papers().forbidding(Duration.ZERO, "armed");
    }
    isDisarmed = ground.type("arm", name()).code() != 0;
  }

  /** Starts what is to be stopped again. */
  private void work() {
    if (!post.runs()) {
      post.change(
          shown -> {
            shown.startSetJob(CopyRequest.all());
            shown.startPieceJob(CopyRequest.item(1));
          });
    }
  }

  /** Permits it, which ends every hold and contest. */
  synchronized void calm() {
    post.wire().mood(Wire.Mood.CALM);
    arm();
    say(Said.ON);
  }

  /** Forbids it for good, with work to be stopped. */
  synchronized void end() {
    work();
    say(Said.OFF);
  }
}
