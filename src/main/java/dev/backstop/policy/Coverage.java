package dev.backstop.policy;

import dev.backstop.observation.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The jobs that a policy speaks of: those of the whole cluster, or of some tenants.
 *
 * @param tenants sorted and without repeats; empty for the whole cluster
 */
public record Coverage(List<TenantRef> tenants) {

  /** The whole cluster: every tenant's jobs, cluster-level jobs and the continuous archive. */
  public static final Coverage WHOLE_CLUSTER = new Coverage(List.of());

  /** Sorts the tenants and drops repeats. */
  public Coverage {
    tenants = List.copyOf(new TreeSet<>(tenants));
  }

  /** Returns the coverage of these tenants, at least one. */
  public static Coverage of(Collection<TenantRef> tenants) {
    if (tenants.isEmpty()) {
      throw new IllegalArgumentException("name at least one tenant, or cover the whole cluster");
    }
    return new Coverage(List.copyOf(tenants));
  }

  /** Returns whether no tenant is named. */
  public boolean isWholeCluster() {
    return tenants.isEmpty();
  }

  /** Returns whether a tenant's own jobs are covered. */
  public boolean covers(TenantId tenant, Map<String, TenantId> namesOnServer) {
    return covers(tenant, namesOnServer, false);
  }

  /** Returns the same for a tenant whose name the server may not have shown. */
  public boolean mayCover(TenantId tenant, Map<String, TenantId> namesOnServer) {
    return covers(tenant, namesOnServer, true);
  }

  private boolean covers(TenantId tenant, Map<String, TenantId> names, boolean ifUnknown) {
    if (isWholeCluster()) {
      return true;
    }
    for (TenantRef ref : tenants) {
      if (ref.resolve(names).map(tenant::equals).orElse(ifUnknown)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether these coverages together leave out nothing of this one, as they are written.
   */
  public boolean isWithin(Collection<Coverage> others) {
    if (others.stream().anyMatch(Coverage::isWholeCluster)) {
      return true;
    }
    return !isWholeCluster()
        && tenants.stream()
            .allMatch(ref -> others.stream().anyMatch(other -> other.tenants.contains(ref)));
  }

  /** Lists the names that only the server can resolve. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (TenantRef ref : tenants) {
      if (ref.needsName()) {
        names.add(ref.text());
      }
    }
    return List.copyOf(names);
  }

  @Override
  public String toString() {
    return isWholeCluster() ? "whole cluster" : "tenants " + tenants;
  }
}
