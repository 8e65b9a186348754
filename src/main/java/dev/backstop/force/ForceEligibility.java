package dev.backstop.force;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import java.util.Optional;

/**
 * Judges whether the forced end may begin, once the right cluster was seen whole.
 *
 * @param cluster the cluster's name in the configuration
 * @param seen a look that shows all
 * @param failedStop the failed stop on record; empty for none
 * @param evenSo whether a person takes it upon themselves without one
 */
record ForceEligibility(
    String cluster, Observation seen, Optional<String> failedStop, boolean evenSo) {

  /** Says why not, and the next step; empty where it may begin. */
  Optional<String> objection() {
    if (evenSo) {
      return Optional.empty();
    }
    boolean runs = !seen.jobs(Kind.DATA).isEmpty() || !seen.jobs(Kind.LOG).isEmpty();
    if (!runs) {
      return Optional.of(
          "nothing of the secondary backup runs on "
              + cluster
              + ", so there is nothing that needs force: it would only end the primary backup."
              + " --even-so does it all the same");
    }
    return failedStop.isPresent()
        ? Optional.empty()
        : Optional.of(
            "no failed stop of what runs on "
                + cluster
                + " is on record (NOT_VERIFIED, REFUSED, or a statement unproven for 15 min)."
                + " Let the ordinary way fail first: a policy that says off, and backstop apply -c "
                + cluster
                + ". --even-so does without");
  }
}
