package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds the parts of one cluster.
 *
 * @param tenants names by id; a dropped tenant leaves it
 */
record Machines(
    ClusterSettings settings,
    Faults faults,
    Parameters parameters,
    SortedMap<Long, String> tenants,
    PrimaryBackup primary,
    ArchiveCopy archive,
    PieceScheduler pieces,
    SetScheduler sets,
    EventHistory events) {

  /** Builds the parts of a cluster that does not copy anything yet. */
  static Machines of(ClusterSettings settings, Instant start) {
    Faults faults = new Faults(settings);
    Parameters parameters = new Parameters(settings);
    SortedMap<Long, String> tenants = new TreeMap<>(settings.tenants());
    PrimaryBackup primary = new PrimaryBackup(settings, parameters, start);
    ArchiveCopy archive =
        new ArchiveCopy(settings.timing(), faults, parameters, primary, tenants.keySet());
    return new Machines(
        settings,
        faults,
        parameters,
        tenants,
        primary,
        archive,
        new PieceScheduler(settings, faults, parameters, archive),
        new SetScheduler(settings.timing(), faults, parameters),
        new EventHistory());
  }

  /** Returns the tenants that a job of that tenant copies: all of them for the system tenant. */
  List<Long> copiedTenants(long tenantId) {
    return tenantId == CopyRequest.CLUSTER ? List.copyOf(tenants.keySet()) : List.of(tenantId);
  }

  /** Finds a tenant by name; 0 for none. */
  long tenantNamed(String name) {
    return tenants.entrySet().stream()
        .filter(each -> each.getValue().equals(name))
        .mapToLong(Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  /** Tells whether the server itself calls secondary backup active (docs/oceanbase.md#words). */
  boolean isSecondaryActive() {
    return archive.isOn() || !pieces.jobs().isEmpty() || !sets.jobs().isEmpty();
  }
}
