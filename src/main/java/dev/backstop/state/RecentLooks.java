package dev.backstop.state;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Thread-safe collection of the looks that changed nothing, the last one of each cluster, until
 * they are written together with a heartbeat. Nothing decides by them: a process that dies loses
 * only what {@code status} shows as the age of its last looks.
 */
public final class RecentLooks {

  private Map<String, RecentLook> looks = new LinkedHashMap<>();

  /** Begins with no look. */
  public RecentLooks() {}

  /** Adds a look, which replaces an earlier one at the same cluster. */
  public synchronized void add(RecentLook look) {
    looks.put(look.cluster(), look);
  }

  /** Takes out all of them. */
  public synchronized List<RecentLook> take() {
    List<RecentLook> taken = List.copyOf(looks.values());
    looks = new LinkedHashMap<>();
    return taken;
  }

  /** Puts back what could not be written, unless there has been a later look meanwhile. */
  public synchronized void putBack(Collection<RecentLook> unwritten) {
    unwritten.forEach(look -> looks.putIfAbsent(look.cluster(), look));
  }
}
