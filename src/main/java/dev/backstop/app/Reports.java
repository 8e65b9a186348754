package dev.backstop.app;

import dev.backstop.config.Settings;
import dev.backstop.state.Report;
import java.time.Instant;

/** Makes the reports of clusters that were not looked at. */
final class Reports {

  private Reports() {}

  static Report unmanaged(Settings settings, String cluster, Instant now) {
    return Report.unmanaged(cluster, settings.daemon(), now);
  }

  static Report notLookedYet(Settings settings, String cluster, Instant now) {
    return Report.notLookedYet(cluster, settings.daemon(), now);
  }
}
