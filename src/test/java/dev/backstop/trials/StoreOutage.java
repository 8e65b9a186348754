package dev.backstop.trials;

import java.time.Duration;
import java.util.List;

/**
 * Watches a daemon while its store can't be written: a policy is switched off meanwhile, and
 * nothing may leave until the cause is gone.
 */
final class StoreOutage {

  static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

  private static final Duration BACK = Duration.ofSeconds(40);

  private final TrialSite site;
  private final TrialCluster cluster;
  private final DaemonProcess daemon;
  private final List<String> seen;
  private final Duration lasts;

  private StoreOutage(TrialSite site, DaemonProcess daemon, List<String> seen, Duration lasts) {
    this.lasts = lasts;
    this.site = site;
    this.cluster = site.cluster("hz");
    this.daemon = daemon;
    this.seen = seen;
  }

  /** Starts a daemon on two clusters that are permitted. */
  static DaemonProcess calm(TrialSite site) {
    for (String name : List.of("hz", "bj")) {
      site.add(name);
      site.on(name);
    }
    DaemonProcess daemon = site.run();
    for (String name : List.of("hz", "bj")) {
      PauseTrials.need(
          site.awaitStates(name, "PERMITTED", Duration.ofSeconds(40)), "PERMITTED", daemon);
    }
    return daemon;
  }

  /** Lets something happen to the store, edits a policy, judges, ends it, and judges again. */
  static void play(
      TrialSite site, DaemonProcess daemon, List<String> seen, Runnable happens, Runnable ends) {
    play(new StoreOutage(site, daemon, seen, LONG_ENOUGH), happens, ends);
  }

  /** The same for so long. */
  static void lasting(
      Duration time,
      TrialSite site,
      DaemonProcess daemon,
      List<String> seen,
      Runnable happens,
      Runnable ends) {
    play(new StoreOutage(site, daemon, seen, time), happens, ends);
  }

  private static void play(StoreOutage trouble, Runnable happens, Runnable ends) {
    happens.run();
    trouble.judgeMeanwhile();
    ends.run();
    trouble.judgeAfter();
  }

  private void judgeMeanwhile() {
    long errorsBefore = daemon.errors();
    site.off("hz");
    int looks = cluster.wire().looks();
    int sent = cluster.acts().size();
    Patience.pass(lasts);
    long reported = daemon.errors() - errorsBefore;
    int looked = cluster.wire().looks() - looks;
    int acted = cluster.acts().size() - sent;
    TrialSite.Page ready = TrialSite.page(daemon, "readyz");
    double writable = TrialSite.metric(daemon, "backstop_store_writable");
    double errors = TrialSite.metric(daemon, "backstop_history_write_errors_total");
    seen.add(
        "in %d s: %d looks, %d statements, %d error lines, /readyz %d (%s), store_writable %.0f,"
                .formatted(
                    lasts.toSeconds(),
                    looked,
                    acted,
                    reported,
                    ready.code(),
                    ready.text().strip(),
                    writable)
            + " history_write_errors_total %.0f".formatted(errors));
    expect(acted == 0, "statements although nothing can be recorded");
    expect(looked >= 2, "looks do not go on");
    expect(reported == 1, reported + " error lines instead of one");
    expect(ready.code() == 503 && !ready.text().isBlank(), "/readyz says " + ready);
    expect(writable == 0, "store_writable is " + writable);
    expect(errors >= 1, "history_write_errors_total is " + errors);
    daemon
        .output()
        .lines()
        .filter(line -> line.contains(" ERROR "))
        .forEach(line -> System.err.println("  " + line));
  }

  private void judgeAfter() {
    long began = System.nanoTime();
    site.awaitEnd("hz", "STOPPED", BACK);
    seen.add(
        "stopped and proven %d s after the cause was gone"
            .formatted(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
    expect(
        Patience.until(
            Duration.ofSeconds(10), () -> TrialSite.page(daemon, "readyz").code() == 200),
        "/readyz does not come back: " + TrialSite.page(daemon, "readyz"));
    expect(
        TrialSite.metric(daemon, "backstop_store_writable") == 1,
        "store_writable does not come back");
    site.awaitEnd("bj", "PERMITTED", BACK);
    expect(daemon.isAlive(), "the daemon ended:\n" + daemon.output());
  }

  private void expect(boolean holds, String fault) {
    if (!holds) {
      site.referee().fault(fault);
    }
  }
}
