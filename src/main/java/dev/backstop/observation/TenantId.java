package dev.backstop.observation;

/**
 * Id of a tenant; 1 in a job row is the whole cluster (docs/oceanbase.md#views).
 *
 * @param value 1 for sys, above 1000 for ordinary tenants
 */
public record TenantId(long value) implements Comparable<TenantId> {

  /** The tenant of cluster-level jobs and of the continuous archive. */
  public static final TenantId SYS = new TenantId(1);

  /** Returns whether a job of this tenant is a cluster-level one. */
  public boolean coversCluster() {
    return value == SYS.value;
  }

  @Override
  public int compareTo(TenantId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
