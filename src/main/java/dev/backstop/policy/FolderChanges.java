package dev.backstop.policy;

import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderDecision.FolderChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what a scan changes, in order. */
final class FolderChanges {

  private final List<FolderChange> all = new ArrayList<>();

  /** Adds what happened to a policy, and why. */
  void add(Policy policy, Change change, String words) {
    all.add(new FolderChange(policy.name(), policy.cluster(), change, words));
  }

  void addAll(Collection<FolderChange> changes) {
    all.addAll(changes);
  }

  /** Returns what was added so far. */
  List<FolderChange> all() {
    return List.copyOf(all);
  }
}
