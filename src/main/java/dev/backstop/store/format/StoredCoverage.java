package dev.backstop.store.format;

import dev.backstop.policy.Coverage;
import dev.backstop.policy.TenantRef;
import java.util.List;

/** Whose jobs a policy speaks of; no tenant for the whole cluster. */
record StoredCoverage(List<Tenant> tenants) {

  record Tenant(String text) {}

  static StoredCoverage of(Coverage coverage) {
    return new StoredCoverage(
        coverage.tenants().stream().map(tenant -> new Tenant(tenant.text())).toList());
  }

  Coverage toDomain() {
    return new Coverage(tenants.stream().map(tenant -> new TenantRef(tenant.text())).toList());
  }
}
