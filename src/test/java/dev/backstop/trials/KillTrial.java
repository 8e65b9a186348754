package dev.backstop.trials;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kills the daemon at one point, starts it again, and lets the referee judge where it comes to.
 * What a story needs between the death and the end depends on the point.
 */
final class KillTrial {

  /** A statement that nobody knows the outcome of is repeated after a minute. */
  static final Duration RECOVERY = Duration.ofSeconds(100);

  private static final Duration REACH = Duration.ofMinutes(1);
  private static final Duration FINE = Duration.ofNanos(200_000);

  private final KillPoint point;
  private final TrialSite site;

  /** How one ended. */
  record Verdict(KillPoint point, boolean isReached, int statements, List<String> faults) {}

  private KillTrial(KillPoint point, TrialSite site) {
    this.point = point;
    this.site = site;
  }

  static Verdict play(KillPoint point) {
    TrialSite site = TrialSite.make();
    boolean isReached = false;
    try {
      isReached = new KillTrial(point, site).play();
    } catch (RuntimeException e) {
      site.referee().fault("the trial itself failed: " + e);
    } finally {
      site.close();
      site.referee().judgeStore();
    }
    List<String> faults = site.referee().faults();
    if (faults.isEmpty()) {
      site.forget();
    } else {
      System.err.println(point + " left its files in " + site.folder() + ": " + faults);
    }
    return new Verdict(point, isReached, site.referee().judged(), faults);
  }

  private boolean play() {
    return switch (point.kind()) {
      case EDIT -> edit();
      case GRACE -> grace(false);
      case WITHDRAWN -> grace(true);
      case HELD -> held();
      case DISARMED -> disarmed();
      case START_UP,
          STORE_BIRTH,
          REQUEST_LOST,
          REQUEST_ARRIVES,
          ANSWER,
          RECORDED,
          STATEMENT_LOST,
          STATEMENT_ARRIVES,
          STATEMENT_ANSWERED,
          PROOF,
          STORE_WRITE ->
          offFromTheStart();
    };
  }

  private boolean offFromTheStart() {
    boolean isArchive = point.number() % 4 == 3;
    TrialCluster cluster =
        site.add("hz", isArchive, isArchive ? TrialCluster::archive : TrialCluster::setAndPieces);
    site.off("hz");
    Optional<HeldPacket> hold = holdOf(point).map(cluster.wire()::hold);
    DaemonProcess first = site.run();
    boolean isReached = hold.isPresent() ? hold.get().await(REACH) : reachOutside();
    first.kill();
    hold.ifPresent(held -> end(held, point.kind()));
    site.run();
    site.awaitEnd("hz", "STOPPED", RECOVERY);
    return isReached;
  }

  private static void end(HeldPacket hold, KillPoint.Kind kind) {
    if (kind == KillPoint.Kind.REQUEST_ARRIVES || kind == KillPoint.Kind.STATEMENT_ARRIVES) {
      hold.letThrough();
    } else {
      hold.drop();
    }
  }

  private static Optional<HeldPacket> holdOf(KillPoint point) {
    int n = point.number();
    return switch (point.kind()) {
      case REQUEST_LOST, REQUEST_ARRIVES -> Optional.of(HeldPacket.at(n, WirePacket::fromClient));
      case ANSWER -> Optional.of(HeldPacket.at(n, spoken -> !spoken.fromClient()));
      case RECORDED -> Optional.of(recorded(n));
      case STATEMENT_LOST, STATEMENT_ARRIVES ->
          Optional.of(HeldPacket.at(n == 2 ? 2 : 1, WirePacket::isRequestToAct));
      case STATEMENT_ANSWERED ->
          Optional.of(
              HeldPacket.at(n == 2 ? 2 : 1, spoken -> !spoken.fromClient() && spoken.acts()));
      case PROOF -> Optional.of(HeldPacket.at(n + 1, WirePacket::looks));
      case START_UP, STORE_BIRTH, STORE_WRITE, EDIT, GRACE, WITHDRAWN, HELD, DISARMED ->
          Optional.empty();
    };
  }

  /** The second connection is the one that acts: it is opened once the statement is recorded. */
  private static HeldPacket recorded(int n) {
    return switch (n) {
      case 1 -> HeldPacket.at(1, spoken -> spoken.fromClient() && spoken.connection() == 2);
      case 2 ->
          HeldPacket.at(1, spoken -> spoken.fromClient() && spoken.sql().contains("wait_timeout"));
      case 3 -> HeldPacket.at(1, WirePacket::isAtTheGate);
      default -> HeldPacket.at(2, WirePacket::isAtTheGate);
    };
  }

  private boolean reachOutside() {
    int n = point.number();
    return switch (point.kind()) {
      case START_UP -> {
        Patience.pass(Duration.ofMillis(60L * n));
        yield true;
      }
      case STORE_BIRTH -> Patience.until(REACH, FINE, () -> entries(site.state()) >= n);
      case STORE_WRITE -> awaitGrowth(n);
      default -> throw new IllegalStateException("no point outside: " + point);
    };
  }

  private static int entries(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? 0 : names.length;
  }

  /** Waits for the n-th time that the log beside the store changes. */
  private boolean awaitGrowth(int n) {
    File log = new File(site.storeFile() + "-wal");
    long[] seen = {0, 0};
    return Patience.until(
        REACH,
        FINE,
        () -> {
          long now = log.length() * 31 + log.lastModified();
          if (now != seen[0]) {
            seen[0] = now;
            seen[1]++;
          }
          return seen[1] >= n;
        });
  }

  private DaemonProcess permitted(String... names) {
    for (String name : names) {
      site.add(name);
      site.on(name);
    }
    DaemonProcess daemon = site.run();
    for (String name : names) {
      if (!site.awaitStates(name, "PERMITTED", REACH)) {
        throw new IllegalStateException(name + " is not permitted:\n" + daemon.output());
      }
    }
    return daemon;
  }

  /** The first kills find half a file, whose second half comes after the restart. */
  private boolean edit() {
    DaemonProcess first = permitted("hz");
    int n = point.number();
    if (n <= 2) {
      String half = TrialSite.policyText("hz", "off");
      TrialSite.write(site.file("hz"), half.substring(0, half.length() - (n == 1 ? 2 : 12)));
      Patience.pass(Duration.ofMillis(n * 300L));
      first.kill();
      site.run();
      Patience.pass(Duration.ofSeconds(2));
      site.off("hz");
    } else {
      replace(n % 2 == 0);
      Patience.pass(Duration.ofMillis((n - 3) * 90L));
      first.kill();
      site.run();
    }
    site.awaitEnd("hz", "STOPPED", RECOVERY);
    return true;
  }

  private void replace(boolean byRename) {
    if (!byRename) {
      site.off("hz");
      return;
    }
    site.cluster("hz").stated().forbidding(TrialSite.SETTLE, "off");
    Path draft = site.policies().resolve(".hz.yaml.new");
    TrialSite.write(draft, TrialSite.policyText("hz", "off"));
    try {
      Files.move(draft, site.file("hz"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private boolean grace(boolean comesBack) {
    DaemonProcess first = permitted("hz");
    site.delete("hz");
    Patience.pass(Duration.ofMillis(point.number() * 230L));
    first.kill();
    if (!comesBack) {
      site.run();
      site.awaitEnd("hz", "UNMANAGED", RECOVERY);
      return true;
    }
    site.on("hz");
    site.run();
    int looks = site.cluster("hz").wire().looks();
    Patience.until(REACH, () -> site.cluster("hz").wire().looks() >= looks + 3);
    site.awaitEnd("hz", "PERMITTED", RECOVERY);
    return true;
  }

  private boolean held() {
    DaemonProcess first = permitted("hz", "bj");
    for (String name : List.of("hz", "bj")) {
      TrialSite.remove(site.file(name));
    }
    int n = point.number();
    if (n == 1) {
      Patience.pass(Duration.ofMillis(150));
    } else {
      Patience.until(REACH, () -> !site.held().isEmpty());
    }
    DaemonProcess second = n <= 2 ? again(first) : first;
    Patience.until(REACH, () -> !site.held().isEmpty());
    int looks = site.cluster("hz").wire().looks();
    Patience.until(REACH, () -> site.cluster("hz").wire().looks() >= looks + 3);
    site.clusters().forEach(cluster -> cluster.stated().forbidding(Duration.ZERO, "approved"));
    approve(second, n);
    site.clusters().forEach(cluster -> site.awaitEnd(cluster.name(), "UNMANAGED", RECOVERY));
    return true;
  }

  private DaemonProcess again(DaemonProcess first) {
    first.kill();
    return site.run();
  }

  /** At the later points the daemon or the approving command itself dies under way. */
  private void approve(DaemonProcess daemon, int n) {
    List<String> held = site.held();
    if (held.isEmpty()) {
      throw new IllegalStateException("nothing is held:\n" + daemon.output());
    }
    String[] command = {"approve", held.get(0), "--reason", "trial"};
    if (n == 3) {
      site.type(command);
      again(daemon);
      return;
    }
    DaemonProcess typing =
        DaemonProcess.start(site.folder(), List.of(), Map.of(), List.of(), command);
    Patience.pass(Duration.ofMillis(450));
    typing.kill();
    DaemonProcess next = again(daemon);
    // What is typed before it holds the run lock is refused.
    Patience.until(REACH, () -> next.output().contains("started"));
    if (!site.held().isEmpty()) {
      site.type(command);
    }
  }

  private boolean disarmed() {
    DaemonProcess first = permitted("hz");
    site.type("disarm", "hz", "--reason", "trial");
    TrialSite.write(site.file("hz"), TrialSite.policyText("hz", "off"));
    Patience.pass(Duration.ofMillis(point.number() * 250L));
    first.kill();
    site.run();
    int looks = site.cluster("hz").wire().looks();
    Patience.until(REACH, () -> site.cluster("hz").wire().looks() >= looks + 3);
    site.cluster("hz").stated().forbidding(Duration.ZERO, "armed");
    site.type("arm", "hz");
    site.awaitEnd("hz", "STOPPED", RECOVERY);
    return true;
  }
}
