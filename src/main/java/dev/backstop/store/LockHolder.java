package dev.backstop.store;

import dev.backstop.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * Says which daemon holds a store's run lock.
 *
 * @param daemon its configured name
 * @param pid its process
 * @param started since when it runs
 * @param conf the real path of its configuration file
 */
public record LockHolder(String daemon, long pid, Instant started, String conf) {

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
