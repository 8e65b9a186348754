package dev.backstop.observation;

/**
 * Immutable identity of a cluster and of the session's tenant.
 *
 * @param name the parameter {@code cluster}
 * @param id the parameter {@code cluster_id}
 * @param tenant the tenant that the session is in; statements need {@link TenantId#SYS}
 */
public record Identity(String name, long id, TenantId tenant) {}
