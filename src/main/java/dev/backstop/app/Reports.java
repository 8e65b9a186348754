package dev.backstop.app;

import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import dev.backstop.reconcile.Report;
import dev.backstop.settings.Settings;
import java.time.Instant;

/** Makes the reports of clusters that were not looked at. */
final class Reports {

  private Reports() {}

  static Report unmanaged(Settings settings, String cluster, Instant now) {
    return Report.unmanaged(cluster, settings.daemon(), now);
  }

  static Report notLookedYet(Settings settings, String cluster, Instant now) {
    Reason reason =
        new Reason(
            ReasonCode.NOT_LOOKED_YET,
            "no look at cluster " + cluster + " is on record yet",
            "backstop run, or backstop plan for a look now");
    return Report.unseen(cluster, settings.daemon(), State.UNKNOWN, reason, now);
  }
}
