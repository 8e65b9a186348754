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
        (site, seen) -> {
          Mounts.tmpfs(site.state(), "3m");
          try {
            DaemonProcess daemon = StoreOutage.calm(site);
            Path ballast = site.state().resolve("ballast");
            StoreOutage.play(
                site, daemon, seen, () -> fill(ballast), () -> TrialSite.remove(ballast));
            daemon.terminate();
            site.referee().judgeStore();
          } finally {
            keepStore(site);
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
  private static void keepStore(TrialSite site) {
    Path copy = site.folder().resolve("kept");
    Shell.attempt("cp", "-r", site.state().toString(), copy.toString());
    Mounts.vanish(site.state());
    Shell.attempt("sh", "-c", "cp -r " + copy + "/* " + site.state());
  }

  static Finding locked() {
    return TrialRun.of(
        "store locked by another program",
        (site, seen) -> {
          DaemonProcess daemon = StoreOutage.calm(site);
          try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + site.storeFile());
              Statement statement = other.createStatement()) {
            StoreOutage.play(
                site,
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
        (site, seen) -> {
          DaemonProcess daemon = StoreOutage.calm(site);
          Path aside = site.folder().resolve("aside");
          StoreOutage.lasting(
              time, site, daemon, seen, () -> move(site.state(), aside), () -> back(site, aside));
        });
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void back(TrialSite site, Path aside) {
    Shell.attempt("rmdir", site.state().toString());
    move(aside, site.state());
  }

  /** A copy in the store's place: what is recorded must be recorded there, where others see it. */
  static Finding replaced() {
    return TrialRun.of(
        "store replaced by a copy of itself under the daemon",
        (site, seen) -> {
          DaemonProcess daemon = StoreOutage.calm(site);
          daemon.terminate();
          Path copy = site.state().resolve("copy");
          Shell.run("cp", site.storeFile().toString(), copy.toString());
          DaemonProcess second = site.run();
          Patience.until(Duration.ofSeconds(20), () -> !second.address().isEmpty());
          Shell.run("sh", "-c", "rm -f " + site.storeFile() + "-*");
          replace(copy, site.storeFile());
          site.off("hz");
          site.awaitEnd("hz", "STOPPED", KillTrial.RECOVERY);
          seen.add("statements, each with its record in the copy: " + site.referee().judged());
        });
  }

  private static void replace(Path from, Path to) {
    Shell.run("mv", "-f", from.toString(), to.toString());
  }

  static Finding vanished() {
    return TrialRun.of(
        "vanished mount of the state folder",
        (site, seen) -> {
          Path disk = site.folder().resolve("disk");
          try {
            Files.createDirectories(disk);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          Mounts.bind(disk, site.state());
          try {
            DaemonProcess daemon = StoreOutage.calm(site);
            StoreOutage.play(
                site,
                daemon,
                seen,
                () -> Mounts.vanish(site.state()),
                () -> Mounts.bind(disk, site.state()));
            daemon.terminate();
          } finally {
            keepStore(site);
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
        (site, seen) -> {
          TrialCluster cluster = site.add("hz");
          site.off("hz");
          Shell.run("chown", "-R", "65534", site.folder().toString());
          Shell.run("chmod", "755", site.folder().toString());
          Shell.run("chmod", "555", site.state().toString());
          DaemonProcess daemon = site.run(DaemonProcess.AS_NOBODY, java.util.Map.of(), List.of());
          int code = daemon.awaitEnd();
          seen.add("run ended with " + code + ": " + daemon.output().strip().replace('\n', ' '));
          if (code == 0 || !cluster.acts().isEmpty() || daemon.output().contains("\tat ")) {
            site.referee().fault("no clear refusal:\n" + daemon.output());
          }
          Shell.run("chmod", "755", site.state().toString());
          site.run(DaemonProcess.AS_NOBODY, java.util.Map.of(), List.of());
          site.awaitEnd("hz", "STOPPED", Duration.ofSeconds(40));
        });
  }
}
