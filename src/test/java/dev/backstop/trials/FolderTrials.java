package dev.backstop.trials;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Takes the policy folder away, or the right to write or to read it. */
final class FolderTrials {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(8);
  private static final Duration REACH = Duration.ofSeconds(40);

  private FolderTrials() {}

  static List<Finding> play() {
    return List.of(
        Mounts.ifPermitted("vanished mount of the policies", FolderTrials::vanished),
        Mounts.ifPermitted("read-only file system of the policies", FolderTrials::readOnly),
        unreadable());
  }

  static Finding vanished() {
    return TrialRun.of(
        "vanished mount of the policies",
        (site, seen) -> {
          Mounts.tmpfs(site.policies(), "1m");
          boolean isMounted = true;
          try {
            DaemonProcess daemon = StoreOutage.calm(site);
            Mounts.vanish(site.policies());
            isMounted = false;
            judgeQuiet(site, daemon, seen);
            seen.add("held sets: " + site.held().size());
            if (site.held().isEmpty()) {
              site.referee().fault("nothing is held");
            }
            Mounts.tmpfs(site.policies(), "1m");
            isMounted = true;
            site.on("hz");
            site.on("bj");
            site.awaitEnd("hz", "PERMITTED", REACH);
            site.off("hz");
            site.awaitEnd("hz", "STOPPED", REACH);
          } finally {
            if (isMounted) {
              Mounts.vanish(site.policies());
            }
          }
        });
  }

  static Finding readOnly() {
    return TrialRun.of(
        "read-only file system of the policies",
        (site, seen) -> {
          Mounts.tmpfs(site.policies(), "1m");
          try {
            site.add("hz");
            site.off("hz");
            Shell.run("mount", "-o", "remount,ro", site.policies().toString());
            site.run();
            site.awaitEnd("hz", "STOPPED", REACH);
            seen.add("nothing needs to be written there");
          } finally {
            Mounts.vanish(site.policies());
          }
        });
  }

  /** Root reads everything, so another user runs it. */
  static Finding unreadable() {
    String trial = "policy folder not readable for a time";
    if (!DaemonProcess.startsAsNobody()) {
      return Finding.skipped(trial, DaemonProcess.NOT_AS_NOBODY);
    }
    return TrialRun.of(
        trial,
        (site, seen) -> {
          for (String name : List.of("hz", "bj")) {
            site.add(name);
            site.on(name);
          }
          Shell.run("chown", "-R", "65534", site.folder().toString());
          Shell.run("chmod", "755", site.folder().toString());
          DaemonProcess daemon = site.run(DaemonProcess.AS_NOBODY, Map.of(), List.of());
          PauseTrials.need(site.awaitStates("hz", "PERMITTED", REACH), "PERMITTED", daemon);
          Shell.run("chmod", "0", site.policies().toString());
          judgeQuiet(site, daemon, seen);
          TrialSite.Page ready = TrialSite.page(daemon, "readyz");
          seen.add("/readyz " + ready.code() + " (" + ready.text().strip() + ")");
          if (ready.code() != 503) {
            site.referee().fault("/readyz says " + ready);
          }
          Shell.run("chmod", "755", site.policies().toString());
          site.awaitEnd("hz", "PERMITTED", REACH);
          site.off("hz");
          site.awaitEnd("hz", "STOPPED", REACH);
        });
  }

  private static void judgeQuiet(TrialSite site, DaemonProcess daemon, List<String> seen) {
    int looks = site.cluster("hz").wire().looks();
    Patience.pass(LONG_ENOUGH);
    int looked = site.cluster("hz").wire().looks() - looks;
    int acted = site.cluster("hz").acts().size() + site.cluster("bj").acts().size();
    seen.add(
        "in %d s: %d looks, %d statements, %d error lines"
            .formatted(LONG_ENOUGH.toSeconds(), looked, acted, daemon.errors()));
    if (looked < 2) {
      site.referee().fault("looks do not go on");
    }
    if (acted > 0) {
      site.referee().fault("statements although the folder is away");
    }
  }
}
