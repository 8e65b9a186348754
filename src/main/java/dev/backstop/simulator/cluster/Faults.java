package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the faults that are armed; a test or a story arms and clears them at chosen instants. */
public final class Faults {

  private static final int UNLIMITED = -1;

  private static final class Armed {
    private final Instant from;
    private final Instant until;
    private int left;

    private Armed(Instant from, Instant until, int left) {
      this.from = from;
      this.until = until;
      this.left = left;
    }

    private boolean holds(Instant now) {
      return left != 0 && !now.isBefore(from) && now.isBefore(until);
    }
  }

  private final Map<Fault, List<Armed>> armed = new EnumMap<>(Fault.class);
  private final Set<String> missing = new HashSet<>();
  private final Set<String> denied = new HashSet<>();
  private final Deque<Reply> statementAnswers = new ArrayDeque<>();
  private final Deque<Reply> queryAnswers = new ArrayDeque<>();

  Faults(ClusterSettings settings) {
    settings.faults().forEach(this::arm);
    settings.missingViews().forEach(this::hideView);
    settings.deniedTables().forEach(this::denyTable);
  }

  /** Arms a fault for its own duration: the next time, or until it is cleared. */
  public void arm(Fault fault) {
    arm(fault, fault.duration() == Fault.Duration.ONCE ? 1 : UNLIMITED);
  }

  /** Arms a fault for that many times. */
  public void arm(Fault fault, int times) {
    add(fault, new Armed(Instant.MIN, Instant.MAX, times));
  }

  /** Arms a fault for a window of time, however often it can strike in it. */
  public void arm(Fault fault, Instant from, Instant until) {
    add(fault, new Armed(from, until, UNLIMITED));
  }

  /** Disarms a fault. */
  public void clear(Fault fault) {
    armed.remove(fault);
  }

  /** Disarms everything, hidden views and denied tables included. */
  public void clearAll() {
    armed.clear();
    missing.clear();
    denied.clear();
    statementAnswers.clear();
    queryAnswers.clear();
  }

  /**
   * Changes RootService: statements are refused for a while, then accepted, and nobody acts on them
   * until the new schedulers hold the lease (docs/oceanbase.md#timing: up to 10 min).
   */
  public void switchRootService(Instant at, Duration refusing, Duration takeover) {
    arm(Fault.ROOTSERVICE_SWITCHING, at, at.plus(refusing));
    arm(Fault.SCHEDULERS_ASLEEP, at, at.plus(refusing).plus(takeover));
  }

  /** Answers the next ALTER SYSTEM statement with that, and lets it have no effect. */
  public void answerNextStatement(Reply reply) {
    statementAnswers.add(reply);
  }

  /** Answers the next query with that. */
  public void answerNextQuery(Reply reply) {
    queryAnswers.add(reply);
  }

  /** Lets a view or table be absent: 1146. */
  public void hideView(String name) {
    missing.add(name.toLowerCase(Locale.ROOT));
  }

  /** Lets a hidden view be there again. */
  public void showView(String name) {
    missing.remove(name.toLowerCase(Locale.ROOT));
  }

  /** Takes away the right to select from a view or table: 1142. */
  public void denyTable(String name) {
    denied.add(name.toLowerCase(Locale.ROOT));
  }

  /** Gives the right to select from a view or table back. */
  public void grantTable(String name) {
    denied.remove(name.toLowerCase(Locale.ROOT));
  }

  /** Tells whether a fault would strike at that instant. */
  public boolean isArmed(Fault fault, Instant now) {
    List<Armed> all = armed.get(fault);
    if (all == null) {
      return false;
    }
    for (Armed each : all) {
      if (each.holds(now)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether a fault strikes now, and uses it up if it has a number of times. */
  boolean strike(Fault fault, Instant now) {
    List<Armed> all = armed.get(fault);
    if (all == null) {
      return false;
    }
    for (Armed each : all) {
      if (each.holds(now)) {
        each.left = each.left == UNLIMITED ? UNLIMITED : each.left - 1;
        all.removeIf(used -> used.left == 0);
        return true;
      }
    }
    return false;
  }

  boolean hides(String lowerCaseName) {
    return missing.contains(lowerCaseName);
  }

  boolean denies(String lowerCaseName) {
    return denied.contains(lowerCaseName);
  }

  Optional<Reply> nextStatementAnswer() {
    return Optional.ofNullable(statementAnswers.poll());
  }

  /** Returns how a query that reaches the server now is answered instead; empty for as usual. */
  Optional<Reply> ofQuery(Instant now) {
    if (strike(Fault.HUNG_QUERY, now)) {
      return Optional.of(Reply.hung());
    }
    if (strike(Fault.CUT_QUERY, now)) {
      return Optional.of(Reply.cut());
    }
    if (strike(Fault.TIMEOUT_QUERY, now)) {
      return Optional.of(Refusal.timeout());
    }
    return Optional.ofNullable(queryAnswers.poll());
  }

  private void add(Fault fault, Armed one) {
    armed.computeIfAbsent(fault, key -> new ArrayList<>()).add(one);
  }
}
