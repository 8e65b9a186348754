package dev.backstop.store.format;

import dev.backstop.json.OmittedIfAbsent;
import dev.backstop.observation.Kind;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.Suspension;
import dev.backstop.plan.Verdict;
import dev.backstop.plan.WindowState;
import dev.backstop.state.Report;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The last report of one cluster. */
record StoredReport(
    @Nullable Integer format,
    Decision plan,
    @Nullable Instant observedAt,
    String daemon,
    String endpoint,
    String version,
    @Nullable Instant nextRun)
    implements Versioned {

  static StoredReport of(Report report) {
    return new StoredReport(
        RecordFormat.VERSION,
        Decision.of(report.plan()),
        report.observedAt(),
        report.daemon(),
        report.endpoint(),
        report.version(),
        report.nextRun());
  }

  Report toDomain() {
    return new Report(plan.toDomain(), observedAt, daemon, endpoint, version, nextRun);
  }

  record Decision(
      String cluster,
      Instant at,
      List<Half> kinds,
      List<Release> releases,
      @Nullable Instant nextLook) {

    static Decision of(Plan plan) {
      return new Decision(
          plan.cluster(),
          plan.at(),
          plan.kinds().stream().map(Half::of).toList(),
          plan.releases().stream().map(Release::of).toList(),
          plan.nextLook());
    }

    Plan toDomain() {
      return new Plan(
          cluster,
          at,
          kinds.stream().map(Half::toDomain).toList(),
          releases.stream().map(Release::toDomain).toList(),
          nextLook);
    }
  }

  /**
   * What one kind is like.
   *
   * @param moreJobs null for none
   * @param window null where no policy has one
   */
  record Half(
      Kind kind,
      State state,
      Reason reason,
      Instant since,
      List<Standing> jobs,
      @Nullable Statement statement,
      @Nullable Integer moreJobs,
      @OmittedIfAbsent @Nullable Window window) {

    static Half of(KindPlan plan) {
      return new Half(
          plan.kind(),
          plan.state(),
          new Reason(plan.reason().code(), plan.reason().words(), plan.reason().release()),
          plan.since(),
          plan.jobs().stream().map(Standing::of).toList(),
          plan.statement(),
          plan.moreJobs(),
          Window.of(plan.window()));
    }

    KindPlan toDomain() {
      return new KindPlan(
          kind,
          state,
          new dev.backstop.plan.Reason(reason.code(), reason.words(), reason.release()),
          since,
          jobs.stream().map(Standing::toDomain).toList(),
          statement,
          Objects.requireNonNullElse(moreJobs, 0),
          window == null ? null : new WindowState(window.open, window.nextChange));
    }
  }

  record Window(boolean open, @Nullable Instant nextChange) {

    static @Nullable Window of(@Nullable WindowState window) {
      return window == null ? null : new Window(window.open(), window.nextChange());
    }
  }

  record Reason(ReasonCode code, String words, String release) {}

  record Standing(
      StoredJob job, Verdict standing, List<String> policies, List<Restraint> restraints) {

    static Standing of(JobVerdict verdict) {
      return new Standing(
          StoredJob.of(verdict.job()),
          verdict.verdict(),
          verdict.policies(),
          verdict.suspensions().stream().map(Restraint::of).sorted().toList());
    }

    JobVerdict toDomain() {
      return new JobVerdict(
          job.toDomain(),
          standing,
          policies,
          restraints.stream().map(one -> one.suspension).collect(Collectors.toSet()));
    }
  }

  enum Restraint {
    HELD(Suspension.HELD),
    BUDGET(Suspension.BUDGET),
    BROKEN(Suspension.BROKEN),
    UNSETTLED(Suspension.UNSETTLED),
    OBSERVED(Suspension.OBSERVED),
    GRACE(Suspension.GRACE);

    private final Suspension suspension;

    Restraint(Suspension suspension) {
      this.suspension = suspension;
    }

    static Restraint of(Suspension suspension) {
      return switch (suspension) {
        case HELD -> HELD;
        case BUDGET -> BUDGET;
        case BROKEN -> BROKEN;
        case UNSETTLED -> UNSETTLED;
        case OBSERVED -> OBSERVED;
        case GRACE -> GRACE;
      };
    }
  }

  record Release(String policy, Kind kind, Cause cause) {

    static Release of(Plan.Release release) {
      return new Release(release.policy(), release.kind(), Cause.of(release.cause()));
    }

    Plan.Release toDomain() {
      return new Plan.Release(policy, kind, cause.cause);
    }
  }

  enum Cause {
    PROVEN(Plan.Release.Cause.PROVEN),
    WOULD_STOP(Plan.Release.Cause.WOULD_STOP),
    UNSUPPORTED(Plan.Release.Cause.UNSUPPORTED);

    private final Plan.Release.Cause cause;

    Cause(Plan.Release.Cause cause) {
      this.cause = cause;
    }

    static Cause of(Plan.Release.Cause cause) {
      return switch (cause) {
        case PROVEN -> PROVEN;
        case WOULD_STOP -> WOULD_STOP;
        case UNSUPPORTED -> UNSUPPORTED;
      };
    }
  }
}
