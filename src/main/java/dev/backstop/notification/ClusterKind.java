package dev.backstop.notification;

import dev.backstop.observation.Kind;
import java.util.Comparator;

/** One half of a cluster's secondary backup, which has one state. */
record ClusterKind(String cluster, Kind kind) implements Comparable<ClusterKind> {

  private static final Comparator<ClusterKind> ORDER =
      Comparator.comparing(ClusterKind::cluster).thenComparing(ClusterKind::kind);

  /** Returns it as texts name it: {@code hz-prod secondary data}. */
  String title() {
    return cluster + " " + kind.title();
  }

  @Override
  public int compareTo(ClusterKind other) {
    return ORDER.compare(this, other);
  }
}
