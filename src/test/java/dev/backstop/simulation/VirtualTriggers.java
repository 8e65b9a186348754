package dev.backstop.simulation;

import dev.backstop.policy.Schedule;
import dev.backstop.reconcile.Triggers;
import dev.backstop.schedule.CronExpressions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Triggers as a queue on virtual time; whoever lets time pass asks what is due. */
final class VirtualTriggers implements Triggers {

  private final Map<String, Instant> due = new TreeMap<>();
  private final BiConsumer<String, Instant> fired;

  VirtualTriggers(BiConsumer<String, Instant> fired) {
    this.fired = fired;
  }

  @Override
  public void at(String cluster, Instant when) {
    due.put(cluster, when);
  }

  @Override
  public void cancel(String cluster) {
    due.remove(cluster);
  }

  @Override
  public Instant next(Schedule schedule, Instant after) {
    return CronExpressions.next(schedule, after);
  }

  /** Returns when the next request is due, by the clock that the requests were made by. */
  Optional<Instant> next() {
    Instant first = null;
    for (Instant one : due.values()) {
      first = first == null || one.isBefore(first) ? one : first;
    }
    return Optional.ofNullable(first);
  }

  /** Fires every request that is due, the earliest first. */
  void fireDue(Instant now) {
    Map.Entry<String, Instant> first = first(now);
    while (first != null) {
      due.remove(first.getKey());
      fired.accept(first.getKey(), first.getValue());
      first = first(now);
    }
  }

  private Map.@Nullable Entry<String, Instant> first(Instant now) {
    String first = null;
    Instant earliest = Instant.MAX;
    for (Map.Entry<String, Instant> request : due.entrySet()) {
      Instant when = request.getValue();
      if (!when.isAfter(now) && when.isBefore(earliest)) {
        first = request.getKey();
        earliest = when;
      }
    }
    return first == null ? null : Map.entry(first, earliest);
  }
}
