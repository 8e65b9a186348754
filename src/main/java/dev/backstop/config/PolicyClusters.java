package dev.backstop.config;

import dev.backstop.config.Node.Place;
import dev.backstop.policy.TenantRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the clusters of one policy file: {@code cluster}, or {@code clusters} with several.
 *
 * <p>One name that the configuration lacks is a mistake of the file; one name among others is a
 * fault of that cluster alone.
 */
final class PolicyClusters {

  private static final String ONE = "cluster";
  private static final String SEVERAL = "clusters";
  private static final int MOST_NAMED = 20;

  private final String file;
  private final PolicyDefaults defaults;
  private final List<String> known = new ArrayList<>();
  private final Map<String, Problem> faults = new TreeMap<>();
  private boolean hasSeveral;

  PolicyClusters(String file, PolicyDefaults defaults) {
    this.file = file;
    this.defaults = defaults;
  }

  /** Reads the keys, noting what is wrong with all of them. */
  void read(Section section) {
    section.refuseBoth(ONE, SEVERAL);
    if (section.has(SEVERAL)) {
      readSeveral(section);
      return;
    }
    if (!section.has(ONE)) {
      section.refuseMissing(ONE);
      return;
    }
    String cluster = section.find(ONE, ValueTypes::name);
    if (cluster != null && !defaults.knows(cluster)) {
      section.refuseValue(ONE, "must be " + unknown(cluster));
    } else if (cluster != null) {
      known.add(cluster);
    }
  }

  private void readSeveral(Section section) {
    Set<String> named =
        section.list(SEVERAL, ValueTypes::name, "name at least one cluster of the configuration");
    if (named == null) {
      return;
    }
    hasSeveral = named.size() > 1;
    for (String cluster : named) {
      if (defaults.knows(cluster)) {
        known.add(cluster);
      } else {
        Place place = section.placeOf(SEVERAL, cluster);
        String words = SEVERAL + ": an item must be " + unknown(cluster);
        faults.put(cluster, new Problem(file, place.line(), place.column(), words));
      }
    }
    known.sort(null);
  }

  private String unknown(String cluster) {
    Set<String> all = defaults.clusters() == null ? Set.of() : defaults.clusters();
    return "a cluster of the configuration (%s), not %s%s"
        .formatted(
            all.isEmpty() ? "it has none" : names(all),
            ValueTypes.quote(cluster),
            Suggestion.hint(cluster, all));
  }

  /** Lists the first names, so that a message about a fleet of thousands can still be read. */
  private static String names(Set<String> all) {
    String first = all.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int others = all.size() - MOST_NAMED;
    return others > 0 ? first + " and " + others + " more" : first;
  }

  /** Notes where tenants of several clusters are named by ids, which each cluster gives itself. */
  void refuseIds(Section section, @Nullable Set<TenantRef> tenants) {
    if (!hasSeveral || tenants == null) {
      return;
    }
    List<String> ids =
        tenants.stream().filter(ref -> !ref.needsName()).map(TenantRef::text).sorted().toList();
    if (!ids.isEmpty()) {
      section.refuseValue(
          "tenants",
          "must be names beside several clusters, as every cluster has ids of its own: write a"
              + " name instead of "
              + String.join(", ", ids));
    }
  }

  /** Returns the clusters that the configuration has, sorted. */
  List<String> known() {
    return List.copyOf(known);
  }

  /** Returns the mistakes that concern one cluster of several, by its name. */
  Map<String, Problem> faults() {
    return Map.copyOf(faults);
  }

  /**
   * Returns the clusters that a broken file names, as far as they are known: what is no cluster is
   * a typing error, and what was meant is not known.
   */
  List<String> named(YamlFile yaml) {
    String one = yaml.topLevelValue(ONE);
    List<String> named = one == null ? yaml.topLevelList(SEVERAL) : List.of(one);
    return named.stream().filter(defaults::knows).toList();
  }
}
