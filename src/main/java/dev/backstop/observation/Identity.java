package dev.backstop.observation;

/**
 * Says who answered: parameters {@code cluster} and {@code cluster_id} and the session's tenant.
 *
 * @param name the cluster's name
 * @param id the cluster's id
 * @param tenant the tenant that the session is in; statements need {@link TenantId#SYS}
 */
public record Identity(String name, long id, TenantId tenant) {}
