package dev.backstop.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the story writes into a file.
 *
 * @param text the bytes
 * @param spec what they mean; null for bytes that mean nothing
 */
record FileContent(String text, @Nullable PolicySpec spec) {

  /** A tenant that no server knows. */
  static final String GHOST = "ghost";

  static FileContent spoiled(String text) {
    return new FileContent(text, null);
  }

  /** Returns whether nobody can know from it which policy it was. */
  boolean isNameless() {
    return text.startsWith("{{{");
  }

  /** Returns its first characters: a policy of its own where they end behind a whole line. */
  FileContent cutAt(int end) {
    PolicySpec whole = spec;
    String kept = text.substring(0, end);
    String rest = text.substring(end);
    boolean isWhole = rest.startsWith("\n") || kept.endsWith("\n");
    if (whole == null || !isWhole || !kept.contains("secondaryBackup")) {
      return spoiled(kept);
    }
    return new FileContent(
        kept,
        new PolicySpec(
            whole.name(),
            whole.clusters(),
            rest.contains("tenants: ") ? List.of() : whole.tenants(),
            whole.dataOn(),
            whole.logOn(),
            whole.observe() && !rest.contains("mode: "),
            rest.contains("onDelete: ") ? "stop" : whole.onDelete(),
            rest.contains(whole.schedule()) ? "" : whole.schedule(),
            whole.limits().without(rest)));
  }

  /** Returns whether it may speak of a cluster, for all that can be read of it. */
  boolean maySpeakOf(String cluster) {
    int at = text.indexOf("cluster");
    int end = at < 0 ? -1 : text.indexOf('\n', at);
    return end < 0 || List.of(text.substring(at, end).split("[ :,\\[\\]]+")).contains(cluster);
  }

  /**
   * Says what a policy says, as the story means it.
   *
   * @param name the policy's name
   * @param clusters its clusters, at least one
   * @param tenants their ids or names, as written; empty for the whole cluster; beside several
   *     clusters no ids
   * @param dataOn whether data is permitted
   * @param logOn whether log is permitted
   * @param observe whether it only observes
   * @param onDelete stop, hold or forget
   * @param schedule the line that says when to look; may be empty
   */
  record PolicySpec(
      String name,
      List<String> clusters,
      List<String> tenants,
      boolean dataOn,
      boolean logOn,
      boolean observe,
      String onDelete,
      String schedule,
      DailyLimits limits) {

    PolicySpec {
      clusters = clusters.stream().distinct().sorted().toList();
      boolean hasIds = tenants.stream().anyMatch(one -> Character.isDigit(one.charAt(0)));
      tenants = clusters.size() > 1 && hasIds ? List.of() : List.copyOf(tenants);
    }

    /** Returns the only one of its clusters, or the first. */
    String cluster() {
      return clusters.get(0);
    }

    boolean isOn(boolean data) {
      return data ? dataOn : logOn;
    }

    PolicySpec named(String other) {
      return new PolicySpec(
          other, clusters, tenants, dataOn, logOn, observe, onDelete, schedule, limits);
    }

    PolicySpec on(String other) {
      return on(List.of(other));
    }

    PolicySpec on(List<String> others) {
      return new PolicySpec(
          name, others, tenants, dataOn, logOn, observe, onDelete, schedule, limits);
    }

    PolicySpec of(List<String> others) {
      return new PolicySpec(
          name, clusters, others, dataOn, logOn, observe, onDelete, schedule, limits);
    }

    PolicySpec desiring(boolean data, boolean log) {
      return new PolicySpec(
          name, clusters, tenants, data, log, observe, onDelete, schedule, limits);
    }

    PolicySpec observing(boolean only) {
      return new PolicySpec(
          name, clusters, tenants, dataOn, logOn, only, onDelete, schedule, limits);
    }

    PolicySpec deleting(String other) {
      return new PolicySpec(
          name, clusters, tenants, dataOn, logOn, observe, other, schedule, limits);
    }

    PolicySpec within(DailyLimits others) {
      return new PolicySpec(
          name, clusters, tenants, dataOn, logOn, observe, onDelete, schedule, others);
    }

    /** Returns whether it speaks of a tenant's jobs by name or id. */
    boolean names(long tenant) {
      for (String written : tenants) {
        if (written.equals(nameOf(tenant)) || written.equals(String.valueOf(tenant))) {
          return true;
        }
      }
      return false;
    }

    private static String nameOf(long tenant) {
      return tenant == 1001 ? "pay" : tenant == 1002 ? "orders" : "";
    }

    boolean usesNames() {
      for (String written : tenants) {
        if (!Character.isDigit(written.charAt(0))) {
          return true;
        }
      }
      return false;
    }

    boolean namesGhost() {
      return tenants.contains(GHOST);
    }

    /** Returns whether all that it speaks of is spoken of by these too. */
    boolean isWithin(List<PolicySpec> others) {
      List<PolicySpec> same =
          others.stream().filter(one -> one.clusters().contains(cluster())).toList();
      if (same.stream().anyMatch(one -> one.tenants().isEmpty())) {
        return true;
      }
      return !tenants.isEmpty()
          && tenants.stream()
              .allMatch(id -> same.stream().anyMatch(one -> one.tenants().contains(id)));
    }

    FileContent content() {
      StringBuilder text = new StringBuilder(160);
      text.append("name: ").append(name).append('\n');
      boolean isOfOne = clusters.size() == 1;
      text.append(isOfOne ? "cluster: " + cluster() : "clusters: " + clusters).append('\n');
      text.append("secondaryBackup: {data: ").append(dataOn ? "on" : "off");
      text.append(", log: ").append(logOn ? "on" : "off").append("}\n");
      if (!tenants.isEmpty()) {
        text.append("tenants: ").append(tenants).append('\n');
      }
      text.append("mode: ").append(observe ? "observe" : "enforce").append('\n');
      text.append("onDelete: ").append(onDelete).append('\n');
      if (!schedule.isEmpty()) {
        text.append(schedule).append('\n');
      }
      text.append(limits.lines());
      return new FileContent(text.toString(), this);
    }
  }
}
