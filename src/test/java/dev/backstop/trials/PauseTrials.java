package dev.backstop.trials;

import dev.backstop.cli.Typed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Stops the daemon's process and lets it go on, for longer and for shorter than its lease. */
final class PauseTrials {

  private static final Duration STATEMENT = Duration.ofSeconds(3);
  private static final Duration LEASE = STATEMENT.plusSeconds(15);
  private static final Duration REACH = Duration.ofSeconds(30);

  private PauseTrials() {}

  static List<Finding> play() {
    return List.of(
        stalled(
            "SIGSTOP before the gate for longer than the lease, apply works",
            WirePacket::isAtTheGate),
        stalled(
            "SIGSTOP after the gate's answer for longer than the lease, apply works",
            spoken -> !spoken.fromClient() && isGate(spoken)),
        afterLastCheck(),
        duringLook());
  }

  private static boolean isGate(WirePacket spoken) {
    return spoken.sql().contains("__all_virtual_sys_parameter_stat")
        && !spoken.sql().contains("CDB_OB_BACKUP_BACKUPSET_JOB");
  }

  private static Finding stalled(String trial, Predicate<WirePacket> where) {
    return TrialRun.of(
        trial,
        (site, seen) -> {
          site.statementTimeout(STATEMENT);
          TrialCluster cluster = site.add("hz");
          site.off("hz");
          HeldPacket hold = cluster.wire().hold(HeldPacket.at(1, where));
          DaemonProcess daemon = site.run();
          need(hold.await(REACH), "the point", daemon);
          daemon.signal("STOP");
          hold.letThrough();
          CompletableFuture<Typed> apply =
              CompletableFuture.supplyAsync(() -> site.type("apply", "--timeout", "90s"));
          Patience.until(KillTrial.RECOVERY, () -> !cluster.runs());
          int sent = cluster.acts().size();
          seen.add("apply sent " + sent);
          daemon.signal("CONT");
          seen.add("apply ended with " + apply.join().code());
          site.awaitEnd("hz", "STOPPED", KillTrial.RECOVERY);
          seen.add("the daemon sent " + (cluster.acts().size() - sent) + " when it went on");
          if (cluster.acts().size() > sent) {
            site.referee().fault("a statement on a permit that was over");
          }
        });
  }

  /** The last round trip before the statement is the server's answer to a shortened timeout. */
  private static Finding afterLastCheck() {
    return TrialRun.of(
        "SIGSTOP between the last check and the statement, until after the lease",
        (site, seen) -> {
          site.statementTimeout(STATEMENT);
          TrialCluster cluster = site.add("hz");
          site.off("hz");
          Wire wire = cluster.wire();
          HeldPacket slow = wire.hold(HeldPacket.at(1, one -> !one.fromClient() && isGate(one)));
          HeldPacket last = wire.hold(HeldPacket.at(1, PauseTrials::isLastAnswer));
          DaemonProcess daemon = site.run();
          need(slow.await(REACH), "the gate", daemon);
          Patience.pass(Duration.ofMillis(3500));
          slow.letThrough();
          need(last.await(REACH), "the shortened timeout", daemon);
          daemon.signal("STOP");
          last.letThrough();
          Patience.pass(LEASE.minusMillis(3500).plusMillis(1500));
          int before = cluster.acts().size();
          daemon.signal("CONT");
          Patience.pass(Duration.ofMillis(500));
          seen.add("sent within 500 ms, on a new permit: " + (cluster.acts().size() - before));
          site.awaitEnd("hz", "STOPPED", KillTrial.RECOVERY);
        });
  }

  private static boolean isLastAnswer(WirePacket spoken) {
    return !spoken.fromClient() && spoken.sql().contains("wait_timeout");
  }

  private static Finding duringLook() {
    return TrialRun.of(
        "SIGSTOP for 3 s at the answer of the look that shows drift; the file says on meanwhile",
        (site, seen) -> {
          TrialCluster cluster = site.add("hz");
          site.off("hz");
          HeldPacket hold =
              cluster.wire().hold(HeldPacket.at(1, one -> !one.fromClient() && isLook(one)));
          DaemonProcess daemon = site.run();
          need(hold.await(REACH), "the look", daemon);
          daemon.signal("STOP");
          site.on("hz");
          hold.letThrough();
          Patience.pass(Duration.ofSeconds(3));
          daemon.signal("CONT");
          site.awaitEnd("hz", "PERMITTED", REACH);
          seen.add("statements: " + cluster.acts().size());
          Optional<SentStatement> any = cluster.acts().stream().findFirst();
          any.ifPresent(act -> site.referee().fault(act.statement() + " against the file"));
        });
  }

  private static boolean isLook(WirePacket spoken) {
    return spoken.sql().contains("CDB_OB_BACKUP_BACKUPSET_JOB");
  }

  static void need(boolean isReached, String what, DaemonProcess daemon) {
    if (!isReached) {
      throw new IllegalStateException(what + " was not reached:\n" + daemon.output());
    }
  }
}
