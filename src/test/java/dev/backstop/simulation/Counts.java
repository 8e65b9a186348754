package dev.backstop.simulation;

import dev.backstop.plan.Guard;
import dev.backstop.plan.Statement;
import dev.backstop.policy.HoldReason;
import dev.backstop.simulator.cluster.Fault;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what happened in one story, or in many. */
final class Counts {

  /** Says up to how many milliseconds each bucket of the exposure goes; the last has no end. */
  static final int[] EXPOSURE_MILLIS = {5, 10, 50, 100, 500, 1000, 2000, 5000};

  private final Map<FaultKind, Long> troubles = new EnumMap<>(FaultKind.class);
  private final Map<Fault, Long> serverFaults = new EnumMap<>(Fault.class);
  private final Map<Statement, Long> statements = new EnumMap<>(Statement.class);
  private final Map<Guard, Long> vetoes = new EnumMap<>(Guard.class);
  private final Map<HoldReason, Long> holds = new EnumMap<>(HoldReason.class);
  private final Set<Action> actions = EnumSet.noneOf(Action.class);
  private final long[] exposure = new long[EXPOSURE_MILLIS.length + 1];
  private long looks;
  private Duration lived = Duration.ZERO;
  private Duration clusterTime = Duration.ZERO;

  void strike(FaultKind trouble) {
    troubles.merge(trouble, 1L, Long::sum);
  }

  void strike(Fault fault) {
    serverFaults.merge(fault, 1L, Long::sum);
  }

  void did(Action action) {
    actions.add(action);
  }

  void looked() {
    looks++;
  }

  /** Counts a statement that reached a server so long after the look that it rests on. */
  void sent(Statement statement, Duration afterLook) {
    statements.merge(statement, 1L, Long::sum);
    long millis = afterLook.toMillis();
    int bucket = 0;
    while (bucket < EXPOSURE_MILLIS.length && millis > EXPOSURE_MILLIS[bucket]) {
      bucket++;
    }
    exposure[bucket]++;
  }

  void vetoed(Guard guard) {
    vetoes.merge(guard, 1L, Long::sum);
  }

  void held(HoldReason reason) {
    holds.merge(reason, 1L, Long::sum);
  }

  void lived(Duration time, int clusters) {
    lived = lived.plus(time);
    clusterTime = clusterTime.plus(time.multipliedBy(clusters));
  }

  /** Adds what happened in another story. */
  void add(Counts other) {
    other.troubles.forEach((key, count) -> troubles.merge(key, count, Long::sum));
    other.serverFaults.forEach((key, count) -> serverFaults.merge(key, count, Long::sum));
    other.statements.forEach((key, count) -> statements.merge(key, count, Long::sum));
    other.vetoes.forEach((key, count) -> vetoes.merge(key, count, Long::sum));
    other.holds.forEach((key, count) -> holds.merge(key, count, Long::sum));
    actions.addAll(other.actions);
    for (int i = 0; i < exposure.length; i++) {
      exposure[i] += other.exposure[i];
    }
    looks += other.looks;
    lived = lived.plus(other.lived);
    clusterTime = clusterTime.plus(other.clusterTime);
  }

  /** Returns all of it by dotted names, as {@link Totals} adds it up. */
  Map<String, Long> named() {
    Map<String, Long> named = new TreeMap<>();
    troubles.forEach((key, count) -> named.put("trouble." + key, count));
    serverFaults.forEach((key, count) -> named.put("fault." + key, count));
    statements.forEach((key, count) -> named.put("statement." + key, count));
    vetoes.forEach((key, count) -> named.put("veto." + key, count));
    holds.forEach((key, count) -> named.put("held." + key, count));
    actions.forEach(action -> named.put("deed." + action, 1L));
    for (int i = 0; i < exposure.length; i++) {
      String upTo = i < EXPOSURE_MILLIS.length ? String.valueOf(EXPOSURE_MILLIS[i]) : "more";
      named.put("exposure.ms." + upTo, exposure[i]);
    }
    named.put("time.story.seconds", lived.toSeconds());
    named.put("time.cluster.seconds", clusterTime.toSeconds());
    return named;
  }

  Map<FaultKind, Long> troubles() {
    return Collections.unmodifiableMap(troubles);
  }

  /** Returns how often each fault of a server took effect. */
  Map<Fault, Long> serverFaults() {
    return Collections.unmodifiableMap(serverFaults);
  }

  Map<Statement, Long> statements() {
    return Collections.unmodifiableMap(statements);
  }

  /** Returns how often each guard was why something unwelcome was not stopped at a look. */
  Map<Guard, Long> vetoes() {
    return Collections.unmodifiableMap(vetoes);
  }

  Map<HoldReason, Long> holds() {
    return Collections.unmodifiableMap(holds);
  }

  Set<Action> actions() {
    return Collections.unmodifiableSet(actions);
  }

  long[] exposure() {
    return exposure.clone();
  }

  long looks() {
    return looks;
  }

  /** Returns how many troubles took effect. */
  long struck() {
    long all = 0;
    for (long count : troubles.values()) {
      all += count;
    }
    return all;
  }

  long sent() {
    long all = 0;
    for (long count : statements.values()) {
      all += count;
    }
    return all;
  }

  /** Returns how much time passed in the stories. */
  Duration lived() {
    return lived;
  }

  /** Returns the same, times the clusters in them. */
  Duration clusterTime() {
    return clusterTime;
  }
}
