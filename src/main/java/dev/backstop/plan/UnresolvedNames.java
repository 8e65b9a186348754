package dev.backstop.plan;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Observation;
import java.util.ArrayList;
import java.util.List;

/** Adds the tenant names that the server does not know to a reason. */
final class UnresolvedNames {

  private UnresolvedNames() {}

  static Reason addedTo(Reason reason, PlanInput input) {
    Observation look = input.observation();
    if (reason.code() == ReasonCode.UNRESOLVED_TENANT
        || look.blindTo(BlindSpot.Area.TENANT_NAMES).isPresent()) {
      return reason;
    }
    List<String> names = new ArrayList<>();
    for (String name : input.desired().tenantNames()) {
      if (!look.tenantIds().containsKey(name)) {
        names.add(name);
      }
    }
    return names.isEmpty()
        ? reason
        : new Reason(
            reason.code(),
            reason.words() + "; the server knows no tenant named " + String.join(", ", names),
            reason.release());
  }
}
