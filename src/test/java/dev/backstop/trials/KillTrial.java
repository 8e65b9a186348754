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
  private final TrialSite ground;

  /** How one ended. */
  record Verdict(KillPoint point, boolean isReached, int statements, List<String> faults) {}

  private KillTrial(KillPoint point, TrialSite ground) {
    this.point = point;
    this.ground = ground;
  }

  static Verdict play(KillPoint point) {
    TrialSite ground = TrialSite.make();
    boolean isReached = false;
    try {
      isReached = new KillTrial(point, ground).play();
    } catch (RuntimeException e) {
      ground.referee().fault("the trial itself failed: " + e);
    } finally {
      ground.close();
      ground.referee().judgeStore();
    }
    List<String> faults = ground.referee().faults();
    if (faults.isEmpty()) {
      ground.forget();
    } else {
      System.err.println(point + " left its files in " + ground.folder() + ": " + faults);
    }
    return new Verdict(point, isReached, ground.referee().judged(), faults);
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
    TrialCluster post =
        ground.add("hz", isArchive, isArchive ? TrialCluster::archive : TrialCluster::setAndPieces);
    ground.off("hz");
    Optional<HeldPacket> hold = holdOf(point).map(post.wire()::hold);
    DaemonProcess first = ground.run();
    boolean isReached = hold.isPresent() ? hold.get().await(REACH) : reachOutside();
    first.kill();
    hold.ifPresent(held -> end(held, point.kind()));
    ground.run();
    ground.awaitEnd("hz", "STOPPED", RECOVERY);
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
      case STORE_BIRTH -> Patience.until(REACH, FINE, () -> entries(ground.state()) >= n);
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
    File log = new File(ground.storeFile() + "-wal");
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
      ground.add(name);
      ground.on(name);
    }
    DaemonProcess daemon = ground.run();
    for (String name : names) {
      if (!ground.awaitStates(name, "PERMITTED", REACH)) {
        throw new IllegalStateException(name + " is not permitted:\n" + daemon.said());
      }
    }
    return daemon;
  }

  /** The first kills find half a file, whose second half comes after the restart. */
  private boolean edit() {
    DaemonProcess first = permitted("hz");
    int n = point.number();
    if (n <= 2) {
      String half = TrialSite.wish("hz", "off");
      TrialSite.write(ground.file("hz"), half.substring(0, half.length() - (n == 1 ? 2 : 12)));
      Patience.pass(Duration.ofMillis(n * 300L));
      first.kill();
      ground.run();
      Patience.pass(Duration.ofSeconds(2));
      ground.off("hz");
    } else {
      replace(n % 2 == 0);
      Patience.pass(Duration.ofMillis((n - 3) * 90L));
      first.kill();
      ground.run();
    }
    ground.awaitEnd("hz", "STOPPED", RECOVERY);
    return true;
  }

  private void replace(boolean byRename) {
    if (!byRename) {
      ground.off("hz");
      return;
    }
    ground.post("hz").papers().forbidding(TrialSite.SETTLE, "off");
    Path draft = ground.policies().resolve(".hz.yaml.new");
    TrialSite.write(draft, TrialSite.wish("hz", "off"));
    try {
      Files.move(draft, ground.file("hz"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private boolean grace(boolean comesBack) {
    DaemonProcess first = permitted("hz");
    ground.delete("hz");
    Patience.pass(Duration.ofMillis(point.number() * 230L));
    first.kill();
    if (!comesBack) {
      ground.run();
      ground.awaitEnd("hz", "UNMANAGED", RECOVERY);
      return true;
    }
    ground.on("hz");
    ground.run();
    int looks = ground.post("hz").wire().looks();
    Patience.until(REACH, () -> ground.post("hz").wire().looks() >= looks + 3);
    ground.awaitEnd("hz", "PERMITTED", RECOVERY);
    return true;
  }

  private boolean held() {
    DaemonProcess first = permitted("hz", "bj");
    for (String name : List.of("hz", "bj")) {
      TrialSite.remove(ground.file(name));
    }
    int n = point.number();
    if (n == 1) {
      Patience.pass(Duration.ofMillis(150));
    } else {
      Patience.until(REACH, () -> !ground.held().isEmpty());
    }
    DaemonProcess second = n <= 2 ? again(first) : first;
    Patience.until(REACH, () -> !ground.held().isEmpty());
    int looks = ground.post("hz").wire().looks();
    Patience.until(REACH, () -> ground.post("hz").wire().looks() >= looks + 3);
    ground.posts().forEach(post -> post.papers().forbidding(Duration.ZERO, "approved"));
    approve(second, n);
    ground.posts().forEach(post -> ground.awaitEnd(post.name(), "UNMANAGED", RECOVERY));
    return true;
  }

  private DaemonProcess again(DaemonProcess first) {
    first.kill();
    return ground.run();
  }

  /** At the later points the daemon or the approving command itself dies under way. */
  private void approve(DaemonProcess daemon, int n) {
    List<String> held = ground.held();
    if (held.isEmpty()) {
      throw new IllegalStateException("nothing is held:\n" + daemon.said());
    }
    String[] command = {"approve", held.get(0), "--reason", "trial"};
    if (n == 3) {
      ground.type(command);
      again(daemon);
      return;
    }
    DaemonProcess typing =
        DaemonProcess.start(ground.folder(), List.of(), Map.of(), List.of(), command);
    Patience.pass(Duration.ofMillis(450));
    typing.kill();
    again(daemon);
    if (!ground.held().isEmpty()) {
      ground.type(command);
    }
  }

  private boolean disarmed() {
    DaemonProcess first = permitted("hz");
    ground.type("disarm", "hz", "--reason", "trial");
    TrialSite.write(ground.file("hz"), TrialSite.wish("hz", "off"));
    Patience.pass(Duration.ofMillis(point.number() * 250L));
    first.kill();
    ground.run();
    int looks = ground.post("hz").wire().looks();
    Patience.until(REACH, () -> ground.post("hz").wire().looks() >= looks + 3);
    ground.post("hz").papers().forbidding(Duration.ZERO, "armed");
    ground.type("arm", "hz");
    ground.awaitEnd("hz", "STOPPED", RECOVERY);
    return true;
  }
}
