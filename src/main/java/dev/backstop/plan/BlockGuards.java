package dev.backstop.plan;

import dev.backstop.observation.Kind;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.StrayFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks for guards that hold back a statement which would hit too much, or whose policy is in
 * doubt.
 */
final class BlockGuards {

  private BlockGuards() {}

  static Optional<Veto> othersJobs(KindInput kind) {
    List<JobVerdict> others = kind.jobs(job -> !job.isUnwelcome());
    if (kind.hasForbidden() && others.isEmpty()) {
      // Once something else here may be stopped, these are others' too.
      others =
          kind.jobs(
              job -> job.isSuspendedBy(Suspension.OBSERVED) || job.isSuspendedBy(Suspension.GRACE));
    }
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String list =
        KindInput.list(
            others.stream().map(job -> job.job().title() + ", " + verdict(job)).toList(), "; ");
    return Optional.of(
        Veto.of(
            State.BLOCKED,
            ReasonCode.OTHERS_JOBS,
            "a statement hits the whole cluster, and these are not forbidden: " + list,
            "wait until they end, or switch them off too by a policy for %s without tenants"
                .formatted(kind.cluster())));
  }

  private static String verdict(JobVerdict job) {
    return switch (job.verdict()) {
      case WANTED -> "wanted by " + KindInput.policies(List.of(job));
      case UNCOVERED -> {
        if (job.policies().isEmpty()) {
          yield "covered by no policy";
        }
        String policies = KindInput.policies(List.of(job));
        yield job.isSuspendedBy(Suspension.OBSERVED)
            ? "only observed by " + policies
            : "forbidden only by %s, whose deletion has not counted yet".formatted(policies);
      }
      case FORBIDDEN -> "forbidden";
    };
  }

  static Optional<Veto> brokenPolicy(KindInput kind) {
    return inDoubt(kind, Suspension.BROKEN, Phase.BROKEN, ReasonCode.BROKEN_POLICY);
  }

  static Optional<Veto> unsettledPolicy(KindInput kind) {
    return inDoubt(kind, Suspension.UNSETTLED, Phase.CHANGING, ReasonCode.UNSETTLED_FILE);
  }

  private static Optional<Veto> inDoubt(
      KindInput kind, Suspension suspension, Phase phase, ReasonCode code) {
    List<JobVerdict> jobs = kind.suspendedBy(suspension);
    if (jobs.isEmpty()) {
      return Optional.empty();
    }
    String files =
        kind.input().desired().policies().stream()
            .filter(known -> known.phase() == phase)
            .map(
                known ->
                    known.problem().isEmpty() ? known.file() : known.file() + ":" + known.problem())
            .collect(Collectors.joining("; "));
    boolean isBroken = phase == Phase.BROKEN;
    return Optional.of(
        Veto.of(
            State.BLOCKED,
            code,
            "%s, but the file that forbids it %s: %s"
                .formatted(
                    KindInput.run(jobs),
                    isBroken ? "is broken and starts no new stop" : "still changes",
                    files),
            isBroken ? "mend the file" : "it goes on once the file has settled"));
  }

  static Optional<Veto> strayFile(KindInput kind) {
    List<StrayFile> strays = kind.input().desired().strays();
    // A stop that was begun goes on.
    if (strays.isEmpty() || toStop(kind).isEmpty() || kind.stopRecord().isStopOutstanding()) {
      return Optional.empty();
    }
    String files =
        strays.stream()
            .map(stray -> stray.file() + ":" + stray.problem())
            .collect(Collectors.joining("; "));
    return Optional.of(
        Veto.of(
            State.BLOCKED,
            ReasonCode.BROKEN_FILE,
            "%s, but a broken file that never was good may permit it: %s"
                .formatted(KindInput.run(kind.jobs()), files),
            "mend or remove the file"));
  }

  /** Lists what is forbidden, or would be if it were not only observed. */
  private static List<JobVerdict> toStop(KindInput kind) {
    return kind.jobs(job -> job.isForbidden() || job.isSuspendedBy(Suspension.OBSERVED));
  }

  static Optional<Veto> unresolvedTenant(KindInput kind) {
    boolean tenantLevel =
        toStop(kind).stream().anyMatch(job -> !PolicySnapshot.isClusterLevel(job.job()));
    List<String> unresolved = unresolved(kind.input(), kind.kind());
    if (!tenantLevel || unresolved.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Veto.of(
            State.BLOCKED,
            ReasonCode.UNRESOLVED_TENANT,
            "a policy says on for tenants that the server does not know: "
                + String.join(", ", unresolved),
            "correct the names in the policy, or use ids"));
  }

  /** Lists tenant names under an on of a kind that the server does not know. */
  private static List<String> unresolved(PlanInput input, Kind kind) {
    return input.policies(kind).stream()
        .filter(known -> known.effectiveDeletion().isEmpty())
        .filter(known -> known.policy().desired(kind) == Desired.ON)
        .flatMap(known -> known.policy().coverage().names().stream())
        .filter(name -> !input.observation().tenantIds().containsKey(name))
        .sorted()
        .distinct()
        .toList();
  }

  static Optional<Veto> observed(KindInput kind) {
    List<JobVerdict> jobs = kind.suspendedBy(Suspension.OBSERVED);
    if (jobs.isEmpty()) {
      return Optional.empty();
    }
    String runs = KindInput.run(jobs) + " and would be stopped, but ";
    if (kind.input().desired().confObserves()) {
      return Optional.of(
          Veto.of(
              State.WOULD_STOP,
              ReasonCode.CONF_OBSERVES,
              runs + "the configuration says mode: observe",
              "set mode: enforce in the configuration"));
    }
    if (kind.input().desired().expect() == null) {
      return Optional.of(
          Veto.of(
              State.WOULD_STOP,
              ReasonCode.NO_EXPECT,
              runs + "the configuration does not say which cluster to expect",
              "set clusters.%s.expect in the configuration; backstop doctor shows name and id"
                  .formatted(kind.cluster())));
    }
    return Optional.of(
        Veto.of(
            State.WOULD_STOP,
            ReasonCode.POLICY_OBSERVES,
            runs + observers(kind.input()) + " only observes",
            "set mode: enforce in the policy"));
  }

  private static String observers(PlanInput input) {
    return input.desired().policies().stream()
        .filter(known -> known.policy().mode() == Mode.OBSERVE)
        .map(KnownPolicy::name)
        .collect(Collectors.joining(", ", "policy ", ""));
  }
}
