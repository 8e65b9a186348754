package dev.backstop.notification;

import dev.backstop.config.NotificationSettings;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.NotificationRecords;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.Report;
import dev.backstop.state.StoreException;
import dev.backstop.supervision.SupervisedLoop;
import dev.backstop.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies of the transitions of every cluster and kind: each notification in a thread of its own,
 * so that a receiver that hangs delays neither a look nor another receiver.
 */
public final class Notifier implements ReconcileListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  private final String daemon;
  private final Supplier<NotificationRecords> records;
  private final Clock clock;
  private final Supervisor supervisor;
  private final LongSupplier nanos;
  private final Function<NotificationSettings, Transport> transports;
  private final Map<ClusterKind, Seen> last = new ConcurrentHashMap<>();
  private volatile Map<String, Running> running = Map.of();
  private volatile @Nullable List<String> managed;

  /** A state as it was seen last. */
  private record Seen(State state, Instant since, Reason reason) {}

  /** A notification and its thread. */
  private record Running(Channel channel, SupervisedLoop loop) {}

  /**
   * Begins without any notification.
   *
   * @param daemon the daemon's name, for messages
   * @param records what was sent, by the store that is in use
   */
  public Notifier(
      String daemon, Supplier<NotificationRecords> records, Clock clock, Supervisor supervisor) {
    this(
        daemon,
        records,
        clock,
        supervisor,
        System::nanoTime,
        settings -> Transports.of(settings, System::getenv, clock));
  }

  /** Begins with another monotonic clock and other ways to deliver. */
  Notifier(
      String daemon,
      Supplier<NotificationRecords> records,
      Clock clock,
      Supervisor supervisor,
      LongSupplier nanos,
      Function<NotificationSettings, Transport> transports) {
    this.daemon = daemon;
    this.records = records;
    this.clock = clock;
    this.supervisor = supervisor;
    this.nanos = nanos;
    this.transports = transports;
  }

  /** Starts these notifications and ends all others; those that are as before go on. */
  public synchronized void configure(List<NotificationSettings> wanted) {
    Map<String, Running> before = running;
    Map<String, Running> after = new LinkedHashMap<>();
    for (NotificationSettings one : wanted) {
      Running same = before.get(one.name());
      if (same != null && same.channel().settings().equals(one)) {
        after.put(one.name(), same);
      } else {
        if (same != null) {
          same.loop().close();
        }
        after.put(one.name(), start(one));
      }
    }
    running = Map.copyOf(after);
    // What came while they were made reached the ones of before alone.
    last.forEach(this::forward);
    before.forEach(
        (name, one) -> {
          if (!after.containsKey(name)) {
            one.loop().close();
          }
        });
    forgetOthers(after.keySet());
  }

  private void forgetOthers(Set<String> names) {
    try {
      records.get().retain(names);
    } catch (StoreException e) {
      LOG.debug("what other notifications have sent can't be dropped yet", e);
    }
  }

  private Running start(NotificationSettings settings) {
    Transport transport = transports.apply(settings);
    Channel channel = new Channel(settings, daemon, transport, records, clock, nanos);
    last.forEach((of, seen) -> channel.observe(of, seen.state(), seen.since(), seen.reason()));
    SupervisedLoop loop = supervisor.hints("notification-" + settings.name(), channel::turn);
    loop.start();
    return new Running(channel, loop);
  }

  @Override
  public void onCycleEnd(Report report, Duration took, Duration late) {
    for (KindPlan plan : report.plan().kinds()) {
      ClusterKind of = new ClusterKind(report.cluster(), plan.kind());
      observe(of, new Seen(plan.state(), plan.since(), plan.reason()));
    }
  }

  private void observe(ClusterKind of, Seen seen) {
    Seen before = last.put(of, seen);
    if (before != null && before.state() == seen.state()) {
      return;
    }
    forward(of, seen);
  }

  private void forward(ClusterKind of, Seen seen) {
    for (Running one : running.values()) {
      if (one.channel().observe(of, seen.state(), seen.since(), seen.reason())) {
        one.loop().wake();
      }
    }
  }

  @Override
  public void onStatementEnd(Permit permit, Outcome outcome) {
    if (outcome.result() != SentStatement.Result.NOT_SENT) {
      ClusterKind of = new ClusterKind(permit.cluster(), permit.statement().kind());
      running.values().forEach(one -> one.channel().onStatement(of));
    }
  }

  /** A cluster that no policy names any more is not looked at, so no cycle reports it. */
  @Override
  public void onFolderScan(PolicyRegistry registry, boolean directoryTrusted, Instant at) {
    List<String> clusters = registry.clusters();
    if (clusters.equals(managed)) {
      return;
    }
    managed = clusters;
    Set<String> names = new HashSet<>(clusters);
    Set<ClusterKind> known = new HashSet<>(last.keySet());
    running.values().forEach(one -> known.addAll(one.channel().known()));
    for (ClusterKind of : known) {
      if (!names.contains(of.cluster())) {
        observe(of, unmanaged(of.cluster(), at));
      }
    }
  }

  private static Seen unmanaged(String cluster, Instant at) {
    Reason reason = Reason.of(ReasonCode.NO_POLICY, "no policy names cluster " + cluster);
    return new Seen(State.UNMANAGED, at, reason);
  }

  /** Ends all threads; what is pending is sent after the next start. */
  @Override
  public synchronized void close() {
    running.values().forEach(one -> one.loop().close());
    running.values().forEach(one -> one.channel().save());
    running = Map.of();
  }
}
