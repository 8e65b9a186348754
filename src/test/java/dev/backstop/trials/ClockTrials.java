package dev.backstop.trials;

import dev.backstop.simulator.cluster.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Moves the daemon's clock under it; the referee keeps the true time. */
final class ClockTrials {

  private static final Duration REACH = Duration.ofSeconds(60);
  private static final Duration LATE = Duration.ofSeconds(150);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final List<Duration> JUMPS =
      List.of(
          Duration.ofMinutes(5),
          Duration.ofMinutes(-5),
          Duration.ofHours(1),
          Duration.ofHours(-1),
          Duration.ofDays(1),
          Duration.ofDays(-1));

  private ClockTrials() {}

  static List<Finding> play() {
    Optional<Path> library = library();
    if (library.isEmpty()) {
      return List.of(Finding.skipped("clock jumps", "libfaketime is not installed"));
    }
    List<Supplier<Finding>> trials = new ArrayList<>();
    for (Duration jump : JUMPS) {
      trials.add(() -> whileWaitingToRepeat(library.get(), jump));
    }
    for (Duration jump : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
      trials.add(() -> withinGrace(library.get(), jump));
    }
    for (Duration jump : List.of(Duration.ofHours(25), Duration.ofHours(-25))) {
      trials.add(() -> overRestart(library.get(), jump));
    }
    return SideBySide.play(4, trials);
  }

  static Optional<Path> library() {
    try (Stream<Path> found =
        Files.find(Path.of("/usr/lib"), 3, (path, any) -> path.endsWith("libfaketimeMT.so.1"))) {
      return found.findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The daemon's clock, as a file that says how far it is off. */
  private record Hand(Path library, Path file) {

    static Hand on(TrialSite site, Path library) {
      Hand hand = new Hand(library, site.folder().resolve("clock"));
      hand.set(Duration.ZERO);
      return hand;
    }

    void set(Duration off) {
      Path draft = file.resolveSibling("clock.new");
      TrialSite.write(draft, "%+d%n".formatted(off.toSeconds()));
      Shell.run("mv", draft.toString(), file.toString());
    }

    DaemonProcess run(TrialSite site) {
      return site.run(
          List.of(),
          // Without the last, every wait of the JVM spins.
          Map.of(
              "LD_PRELOAD", library.toString(),
              "FAKETIME_TIMESTAMP_FILE", file.toString(),
              "FAKETIME_CACHE_DURATION", "1",
              "FAKETIME_DONT_FAKE_MONOTONIC", "1",
              "NO_FAKE_STAT", "1",
              "FAKETIME_FORCE_MONOTONIC_FIX", "0"),
          List.of());
    }
  }

  private static String words(Duration jump) {
    return (jump.isNegative() ? "back " : "forward ") + jump.abs().toString().substring(2);
  }

  private static Finding whileWaitingToRepeat(Path library, Duration jump) {
    return TrialRun.of(
        "clock " + days(jump) + " while a statement waits to be repeated",
        false,
        (site, seen) -> {
          TrialCluster cluster = site.add("hz");
          cluster.change(shown -> shown.faults().arm(Fault.TIMEOUT_NOT_APPLIED, 2));
          site.off("hz");
          Hand hand = Hand.on(site, library);
          DaemonProcess daemon = hand.run(site);
          PauseTrials.need(
              Patience.until(REACH, () -> cluster.acts().size() >= 2), "two statements", daemon);
          Patience.pass(Duration.ofSeconds(3));
          hand.set(jump);
          int before = cluster.acts().size();
          Patience.pass(Duration.ofSeconds(20));
          seen.add("repeated within 20 s of the jump: " + (cluster.acts().size() - before));
          site.awaitEnd("hz", "STOPPED", LATE);
          long took = System.nanoTime() - cluster.acts().get(0).nanos();
          seen.add(
              "repeated, stopped and proven %d s after the first statement"
                  .formatted(Duration.ofNanos(took).toSeconds()));
        });
  }

  private static String days(Duration jump) {
    return jump.abs().equals(Duration.ofDays(1))
        ? (jump.isNegative() ? "back 1 day" : "forward 1 day")
        : words(jump);
  }

  private static Finding withinGrace(Path library, Duration jump) {
    return TrialRun.of(
        "clock " + words(jump) + " within a deletion's grace of " + GRACE.toSeconds() + " s",
        false,
        (site, seen) -> {
          site.setting("policies", "{settle: 200ms, deletionGrace: 20s}");
          for (String name : List.of("hz", "bj")) {
            site.add(name);
            site.on(name);
          }
          Hand hand = Hand.on(site, library);
          DaemonProcess daemon = hand.run(site);
          PauseTrials.need(site.awaitStates("hz", "PERMITTED", REACH), "PERMITTED", daemon);
          long gone = System.nanoTime();
          site.cluster("hz").stated().forbidding(GRACE, "gone");
          TrialSite.remove(site.file("hz"));
          Patience.pass(Duration.ofSeconds(4));
          hand.set(jump);
          Patience.until(LATE, () -> !site.cluster("hz").acts().isEmpty());
          seen.add(
              "first statement %d s after the deletion"
                  .formatted(Duration.ofNanos(System.nanoTime() - gone).toSeconds()));
          site.awaitEnd("hz", "UNMANAGED", LATE);
        });
  }

  private static Finding overRestart(Path library, Duration jump) {
    return TrialRun.of(
        "restart with the clock " + words(jump) + "; a file was deleted meanwhile",
        false,
        (site, seen) -> {
          for (String name : List.of("hz", "bj")) {
            site.add(name);
            site.on(name);
          }
          Hand hand = Hand.on(site, library);
          DaemonProcess first = hand.run(site);
          PauseTrials.need(site.awaitStates("hz", "PERMITTED", REACH), "PERMITTED", first);
          first.terminate();
          TrialSite.remove(site.file("hz"));
          hand.set(jump);
          DaemonProcess second = hand.run(site);
          PauseTrials.need(
              Patience.until(REACH, () -> !site.held().isEmpty()), "a held set", second);
          Patience.pass(Duration.ofSeconds(5));
          seen.add("held, statements " + site.cluster("hz").acts().size());
          site.cluster("hz").stated().forbidding(Duration.ZERO, "approved");
          site.type("approve", site.held().get(0), "--reason", "trial");
          site.awaitEnd("hz", "UNMANAGED", LATE);
        });
  }
}
