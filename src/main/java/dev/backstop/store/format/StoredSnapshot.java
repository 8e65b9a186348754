package dev.backstop.store.format;

import dev.backstop.json.OmittedIfAbsent;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.plan.PolicyTerm;
import dev.backstop.policy.Desired;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the policies of a cluster amounted to at one time. */
record StoredSnapshot(List<Term> all) {

  record Term(
      String policy,
      StoredCoverage coverage,
      @Nullable Desired data,
      @Nullable Desired log,
      boolean enforced,
      boolean approved,
      @OmittedIfAbsent @Nullable StoredLimits limits) {

    static Term of(PolicyTerm term) {
      return new Term(
          term.policy(),
          StoredCoverage.of(term.coverage()),
          term.data(),
          term.log(),
          term.enforced(),
          term.approved(),
          StoredLimits.of(term.limits()));
    }

    PolicyTerm toDomain() {
      return new PolicyTerm(
          policy,
          coverage.toDomain(),
          data,
          log,
          enforced,
          approved,
          StoredLimits.toDomain(limits));
    }
  }

  static StoredSnapshot of(PolicySnapshot snapshot) {
    return new StoredSnapshot(snapshot.all().stream().map(Term::of).toList());
  }

  PolicySnapshot toDomain() {
    return new PolicySnapshot(all.stream().map(Term::toDomain).toList());
  }
}
