package dev.backstop.listener;

import dev.backstop.observation.Kind;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.State;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes to the log: each entry of history, each state when it begins, as a warning where it needs
 * a person, and each failure of the store once.
 */
public final class LogListener implements ReconcileListener {

  private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);

  private static final String STORE = "state store";

  private final Map<String, State> states = new ConcurrentHashMap<>();

  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final AtomicBoolean isWritable = new AtomicBoolean(true);

  @Override
  public void onCycleEnd(Report report, Duration took, Duration late) {
    for (KindPlan kind : report.plan().kinds()) {
      String name = report.cluster() + " " + kind.kind().title();
      if (kind.state() != states.put(name, kind.state())) {
        String release = kind.reason().release().isEmpty() ? "" : " -> " + kind.reason().release();
        LOG.atLevel(level(kind.state()))
            .log("{} {}: {}{}", name, kind.state(), kind.reason().words(), release);
      }
    }
  }

  /** No state begins by it. */
  @Override
  public void onUnchangedLook(Report report, Duration took, Duration late) {}

  private static Level level(State state) {
    return switch (state) {
      case NOT_VERIFIED,
          REFUSED,
          CONTESTED,
          WRONG_CLUSTER,
          UNSUPPORTED,
          UNKNOWN,
          HELD,
          BLOCKED,
          DISARMED ->
          Level.WARN;
      case UNMANAGED, WOULD_STOP, STOPPING, DRIFTED, PERMITTED, STOPPED -> Level.INFO;
    };
  }

  @Override
  public void onHistoryEntry(HistoryEntry entry) {
    if (entry.event() == Event.STATE_CHANGED) {
      return;
    }
    Kind kind = entry.kind();
    String statement = entry.sql() == null ? "" : " " + entry.sql();
    LOG.atLevel(EventLevels.of(entry.event()))
        .log(
            "{}{}{}{}{}{}: {}",
            entry.cluster().isEmpty() ? "" : entry.cluster() + " ",
            kind == null ? "" : kind.title() + " ",
            entry.policy().isEmpty() ? "" : "[" + entry.policy() + "] ",
            entry.event().word(),
            statement,
            entry.by().equals(Actor.DAEMON) ? "" : " by " + entry.by(),
            entry.reason());
  }

  /** There is one store, however many clusters wait for it: its failure is logged once. */
  @Override
  public void onCycleFailure(String cluster, String words) {
    boolean isStore = !isWritable.get();
    String who = isStore ? STORE : cluster;
    String what = isStore ? withoutDetails(words) : words;
    if (!what.equals(failures.put(who, what))) {
      LOG.error("{}: nothing is sent, looks go on: {}", who, words);
    }
  }

  /** Removes what the driver adds in brackets, which differs with each attempt. */
  private static String withoutDetails(String words) {
    int details = words.indexOf(" (");
    return details >= 0 && words.endsWith(")") ? words.substring(0, details) : words;
  }

  @Override
  public void onStoreWritable(boolean writable) {
    if (isWritable.getAndSet(writable) != writable && writable) {
      failures.clear();
      LOG.info("the state store can be written again");
    }
  }
}
