package dev.backstop.store;

import dev.backstop.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says which daemon holds a store's run lock.
 *
 * @param daemon its configured name
 * @param pid its process
 * @param started since when it runs
 * @param conf the real path of its configuration file
 * @param awaitingStart keys of the configuration that only a start takes over and that say
 *     something else than when it started
 */
public record LockHolder(
    String daemon, long pid, Instant started, String conf, List<String> awaitingStart) {

  /** Copies the keys; one that an earlier version wrote has none. */
  public LockHolder {
    awaitingStart = awaitingStart == null ? List.of() : List.copyOf(awaitingStart);
  }

  /** Reads what {@code run} wrote; empty where it is something else. */
  static Optional<LockHolder> parse(String text) {
    try {
      LockHolder holder = Json.read(text, LockHolder.class);
      return holder.daemon() == null || holder.conf() == null
          ? Optional.empty()
          : Optional.of(holder);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns it as people read it. */
  public String words() {
    return "daemon %s, process %s, with %s".formatted(daemon, pid, conf);
  }
}
