package dev.backstop.store.format;

import dev.backstop.json.OmittedIfAbsent;
import dev.backstop.policy.StrayFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A broken file that never was a policy.
 *
 * @param cluster the one that it names; null for none or several
 * @param clusters where it names several
 */
record StoredStrayFile(
    @Nullable Integer format,
    String file,
    @Nullable String name,
    @Nullable String cluster,
    String problem,
    @OmittedIfAbsent List<String> clusters)
    implements Versioned {

  static StoredStrayFile of(StrayFile stray) {
    List<String> clusters = stray.clusters();
    return new StoredStrayFile(
        RecordFormat.VERSION,
        stray.file(),
        stray.name(),
        clusters.size() == 1 ? clusters.get(0) : null,
        stray.problem(),
        clusters.size() > 1 ? clusters : List.of());
  }

  StrayFile toDomain() {
    return cluster == null
        ? new StrayFile(file, name, clusters, problem)
        : StrayFile.of(file, name, cluster, problem);
  }
}
