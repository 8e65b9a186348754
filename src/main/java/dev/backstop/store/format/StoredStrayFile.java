package dev.backstop.store.format;

import dev.backstop.policy.StrayFile;
import org.jspecify.annotations.Nullable;

/** A broken file that never was a policy. */
record StoredStrayFile(
    @Nullable Integer format,
    String file,
    @Nullable String name,
    @Nullable String cluster,
    String problem)
    implements Versioned {

  static StoredStrayFile of(StrayFile stray) {
    return new StoredStrayFile(
        RecordFormat.VERSION, stray.file(), stray.name(), stray.cluster(), stray.problem());
  }

  StrayFile toDomain() {
    return new StrayFile(file, name, cluster, problem);
  }
}
