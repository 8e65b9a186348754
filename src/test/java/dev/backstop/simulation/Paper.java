package dev.backstop.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the story writes into a file.
 *
 * @param text the bytes
 * @param draft what they mean; null for bytes that mean nothing
 */
record Paper(String text, @Nullable Draft draft) {

  /**
   * Says what a policy says, as the story means it.
   *
   * @param name the policy's name
   * @param cluster its cluster
   * @param tenants their ids; empty for the whole cluster
   * @param dataOn whether data is permitted
   * @param logOn whether log is permitted
   * @param observe whether it only observes
   * @param onDelete stop, hold or forget
   */
  record Draft(
      String name,
      String cluster,
      List<Long> tenants,
      boolean dataOn,
      boolean logOn,
      boolean observe,
      String onDelete) {

    Draft {
      tenants = List.copyOf(tenants);
    }

    boolean isOn(boolean data) {
      return data ? dataOn : logOn;
    }

    /** Tells whether all that it speaks of is spoken of by these too. */
    boolean isWithin(List<Draft> others) {
      List<Draft> same = others.stream().filter(one -> one.cluster().equals(cluster)).toList();
      if (same.stream().anyMatch(one -> one.tenants().isEmpty())) {
        return true;
      }
      return !tenants.isEmpty()
          && tenants.stream()
              .allMatch(id -> same.stream().anyMatch(one -> one.tenants().contains(id)));
    }

    Paper paper() {
      StringBuilder text = new StringBuilder();
      text.append("name: ").append(name).append('\n');
      text.append("cluster: ").append(cluster).append('\n');
      text.append("secondaryBackup: {data: ").append(dataOn ? "on" : "off");
      text.append(", log: ").append(logOn ? "on" : "off").append("}\n");
      if (!tenants.isEmpty()) {
        text.append("tenants: ").append(tenants).append('\n');
      }
      text.append("mode: ").append(observe ? "observe" : "enforce").append('\n');
      text.append("onDelete: ").append(onDelete).append('\n');
      return new Paper(text.toString(), this);
    }
  }
}
