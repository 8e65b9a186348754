package dev.backstop.trials;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes the store away from a daemon that runs, in every way that a system can. */
final class StoreTrials {

  private StoreTrials() {}

  static List<Finding> play() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Mounts.ifPermitted("full disk under the store", StoreTrials::full));
    findings.add(locked());
    findings.add(movedAway(StoreOutage.LONG_ENOUGH));
    findings.add(replaced());
    findings.add(Mounts.ifPermitted("vanished mount of the state folder", StoreTrials::vanished));
    findings.add(readOnlyAtStart());
    return findings;
  }

  static Finding full() {
    return TrialRun.of(
        "full disk under the store",
        (ground, seen) -> {
          Mounts.tmpfs(ground.state(), "3m");
          try {
            DaemonProcess daemon = StoreOutage.calm(ground);
            Path ballast = ground.state().resolve("ballast");
            StoreOutage.play(
                ground, daemon, seen, () -> fill(ballast), () -> TrialSite.remove(ballast));
            daemon.terminate();
            ground.referee().judgeStore();
          } finally {
            keepStore(ground);
          }
        });
  }

  /** Writes until nothing more fits. */
  private static void fill(Path ballast) {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] page = new byte[4096];
      for (int i = 0; i < 100_000; i++) {
        out.write(page);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space")) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Brings the store to where it is judged in the end, before its file system goes. */
  private static void keepStore(TrialSite ground) {
    Path copy = ground.folder().resolve("kept");
    Shell.attempt("cp", "-r", ground.state().toString(), copy.toString());
    Mounts.vanish(ground.state());
    Shell.attempt("sh", "-c", "cp -r " + copy + "/* " + ground.state());
  }

  static Finding locked() {
    return TrialRun.of(
        "store locked by another program",
        (ground, seen) -> {
          DaemonProcess daemon = StoreOutage.calm(ground);
          try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + ground.storeFile());
              Statement statement = other.createStatement()) {
            StoreOutage.play(
                ground,
                daemon,
                seen,
                () -> type(statement, "BEGIN EXCLUSIVE"),
                () -> type(statement, "ROLLBACK"));
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void type(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Finding movedAway(Duration time) {
    return TrialRun.of(
        "store moved away under the daemon, and put back",
        (ground, seen) -> {
          DaemonProcess daemon = StoreOutage.calm(ground);
          Path aside = ground.folder().resolve("aside");
          StoreOutage.lasting(
              time,
              ground,
              daemon,
              seen,
              () -> move(ground.state(), aside),
              () -> back(ground, aside));
        });
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void back(TrialSite ground, Path aside) {
    Shell.attempt("rmdir", ground.state().toString());
    move(aside, ground.state());
  }

  /** A copy in the store's place: what is recorded must be recorded there, where others see it. */
  static Finding replaced() {
    return TrialRun.of(
        "store replaced by a copy of itself under the daemon",
        (ground, seen) -> {
          DaemonProcess daemon = StoreOutage.calm(ground);
          daemon.terminate();
          Path copy = ground.state().resolve("copy");
          Shell.run("cp", ground.storeFile().toString(), copy.toString());
          DaemonProcess second = ground.run();
          Patience.until(Duration.ofSeconds(20), () -> !second.address().isEmpty());
          Shell.run("sh", "-c", "rm -f " + ground.storeFile() + "-*");
          replace(copy, ground.storeFile());
          ground.off("hz");
          ground.awaitEnd("hz", "STOPPED", KillTrial.RECOVERY);
          seen.add("statements, each with its record in the copy: " + ground.referee().judged());
        });
  }

  private static void replace(Path from, Path to) {
    Shell.run("mv", "-f", from.toString(), to.toString());
  }

  static Finding vanished() {
    return TrialRun.of(
        "vanished mount of the state folder",
        (ground, seen) -> {
          Path disk = ground.folder().resolve("disk");
          try {
            Files.createDirectories(disk);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          Mounts.bind(disk, ground.state());
          try {
            DaemonProcess daemon = StoreOutage.calm(ground);
            StoreOutage.play(
                ground,
                daemon,
                seen,
                () -> Mounts.vanish(ground.state()),
                () -> Mounts.bind(disk, ground.state()));
            daemon.terminate();
          } finally {
            keepStore(ground);
          }
        });
  }

  /** Root writes everywhere, so another user starts it. */
  static Finding readOnlyAtStart() {
    String trial = "state folder not writable at the start";
    if (!DaemonProcess.startsAsNobody()) {
      return Finding.skipped(trial, DaemonProcess.NOT_AS_NOBODY);
    }
    return TrialRun.of(
        trial,
        (ground, seen) -> {
          TrialCluster post = ground.add("hz");
          ground.off("hz");
          Shell.run("chown", "-R", "65534", ground.folder().toString());
          Shell.run("chmod", "755", ground.folder().toString());
          Shell.run("chmod", "555", ground.state().toString());
          DaemonProcess daemon = ground.run(DaemonProcess.AS_NOBODY, java.util.Map.of(), List.of());
          int code = daemon.awaitEnd();
          seen.add("run ended with " + code + ": " + daemon.said().strip().replace('\n', ' '));
          if (code == 0 || !post.acts().isEmpty() || daemon.said().contains("\tat ")) {
            ground.referee().fault("no clear refusal:\n" + daemon.said());
          }
          Shell.run("chmod", "755", ground.state().toString());
          ground.run(DaemonProcess.AS_NOBODY, java.util.Map.of(), List.of());
          ground.awaitEnd("hz", "STOPPED", Duration.ofSeconds(40));
        });
  }
}
