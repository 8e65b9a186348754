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
        (ground, seen) -> {
          Mounts.tmpfs(ground.policies(), "1m");
          boolean isMounted = true;
          try {
            DaemonProcess daemon = StoreOutage.calm(ground);
            Mounts.vanish(ground.policies());
            isMounted = false;
            judgeQuiet(ground, daemon, seen);
            seen.add("held sets: " + ground.held().size());
            if (ground.held().isEmpty()) {
              ground.referee().fault("nothing is held");
            }
            Mounts.tmpfs(ground.policies(), "1m");
            isMounted = true;
            ground.on("hz");
            ground.on("bj");
            ground.awaitEnd("hz", "PERMITTED", REACH);
            ground.off("hz");
            ground.awaitEnd("hz", "STOPPED", REACH);
          } finally {
            if (isMounted) {
              Mounts.vanish(ground.policies());
            }
          }
        });
  }

  static Finding readOnly() {
    return TrialRun.of(
        "read-only file system of the policies",
        (ground, seen) -> {
          Mounts.tmpfs(ground.policies(), "1m");
          try {
            ground.add("hz");
            ground.off("hz");
            Shell.run("mount", "-o", "remount,ro", ground.policies().toString());
            ground.run();
            ground.awaitEnd("hz", "STOPPED", REACH);
            seen.add("nothing needs to be written there");
          } finally {
            Mounts.vanish(ground.policies());
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
        (ground, seen) -> {
          for (String name : List.of("hz", "bj")) {
            ground.add(name);
            ground.on(name);
          }
          Shell.run("chown", "-R", "65534", ground.folder().toString());
          Shell.run("chmod", "755", ground.folder().toString());
          DaemonProcess daemon = ground.run(DaemonProcess.AS_NOBODY, Map.of(), List.of());
          PauseTrials.need(ground.awaitStates("hz", "PERMITTED", REACH), "PERMITTED", daemon);
          Shell.run("chmod", "0", ground.policies().toString());
          judgeQuiet(ground, daemon, seen);
          TrialSite.Page ready = TrialSite.page(daemon, "readyz");
          seen.add("/readyz " + ready.code() + " (" + ready.text().strip() + ")");
          if (ready.code() != 503) {
            ground.referee().fault("/readyz says " + ready);
          }
          Shell.run("chmod", "755", ground.policies().toString());
          ground.awaitEnd("hz", "PERMITTED", REACH);
          ground.off("hz");
          ground.awaitEnd("hz", "STOPPED", REACH);
        });
  }

  private static void judgeQuiet(TrialSite ground, DaemonProcess daemon, List<String> seen) {
    int looks = ground.post("hz").wire().looks();
    Patience.pass(LONG_ENOUGH);
    int looked = ground.post("hz").wire().looks() - looks;
    int acted = ground.post("hz").acts().size() + ground.post("bj").acts().size();
    seen.add(
        "in %d s: %d looks, %d statements, %d error lines"
            .formatted(LONG_ENOUGH.toSeconds(), looked, acted, daemon.errors()));
    if (looked < 2) {
      ground.referee().fault("looks do not go on");
    }
    if (acted > 0) {
      ground.referee().fault("statements although the folder is away");
    }
  }
}
