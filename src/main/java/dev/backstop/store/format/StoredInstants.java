package dev.backstop.store.format;

import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Maps instants of the timeline, which are stored as the dates that they read like. */
final class StoredInstants {

  private StoredInstants() {}

  static @Nullable Instant of(@Nullable TimelineInstant instant) {
    return instant == null ? null : instant.value();
  }

  static @Nullable TimelineInstant toDomain(@Nullable Instant stored) {
    return stored == null ? null : new TimelineInstant(stored);
  }
}
