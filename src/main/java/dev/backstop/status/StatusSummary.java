package dev.backstop.status;

import dev.backstop.plan.KindPlan;
import dev.backstop.plan.State;
import dev.backstop.state.Report;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts clusters by condition and kinds by state. */
public final class StatusSummary {

  private StatusSummary() {}

  /**
   * Returns the sum in one line: {@code 30 clusters: 24 as wanted, 4 unknown, 2 held}. What is as
   * wanted comes first, all else worst first; nothing is counted as 0.
   */
  public static String line(List<Report> reports) {
    Map<Condition, Integer> counts = new EnumMap<>(Condition.class);
    reports.forEach(report -> counts.merge(Condition.of(report), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    Integer fine = counts.remove(Condition.AS_WANTED);
    if (fine != null) {
      parts.add(fine + " " + Condition.AS_WANTED.word());
    }
    counts.forEach((condition, count) -> parts.add(count + " " + condition.word()));
    String sum = reports.size() + (reports.size() == 1 ? " cluster" : " clusters");
    return parts.isEmpty() ? sum : sum + ": " + String.join(", ", parts);
  }

  /** Returns how many kinds of all clusters are in each state, every state included. */
  static Map<String, Object> byState(List<Report> reports) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    reports.stream()
        .flatMap(report -> report.plan().kinds().stream())
        .map(KindPlan::state)
        .forEach(state -> counts.merge(state, 1, Integer::sum));
    Map<String, Object> tree = new LinkedHashMap<>();
    for (State state : State.values()) {
      tree.put(state.name(), counts.getOrDefault(state, 0));
    }
    return tree;
  }
}
