package dev.backstop.app;

import dev.backstop.observation.Kind;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import dev.backstop.reconcile.Report;
import dev.backstop.settings.Settings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Makes the reports of clusters that were not looked at. */
final class Reports {

  private Reports() {}

  static Report unmanaged(Settings settings, String cluster, Instant now) {
    Reason reason = Reason.of(ReasonCode.NO_POLICY, "no policy names cluster " + cluster);
    return of(settings, cluster, State.UNMANAGED, reason, now);
  }

  static Report notLookedYet(Settings settings, String cluster, Instant now) {
    Reason reason =
        new Reason(
            ReasonCode.NOT_LOOKED_YET,
            "no look at cluster " + cluster + " is on record yet",
            "backstop run, or backstop plan for a look now");
    return of(settings, cluster, State.UNKNOWN, reason, now);
  }

  private static Report of(
      Settings settings, String cluster, State state, Reason reason, Instant now) {
    List<KindPlan> kinds =
        Arrays.stream(Kind.values())
            .map(kind -> new KindPlan(kind, state, reason, now, List.of(), null))
            .toList();
    Plan plan = new Plan(cluster, now, kinds, List.of(), null);
    return new Report(plan, null, settings.daemon(), "", "", null);
  }
}
