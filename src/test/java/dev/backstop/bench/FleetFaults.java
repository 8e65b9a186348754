package dev.backstop.bench;

import java.time.Clock;
import java.time.Duration;

/** Which clusters fail now: one in twenty for a minute, in turn, each in one of three ways. */
final class FleetFaults {

  private static final int EVERY = 20;

  private final boolean isOn;
  private final Clock clock = Clock.systemUTC();

  /** What a cluster does with a look. */
  enum Fault {
    NONE,
    /** It never answers. */
    SILENCE,
    /** It cuts the connection. */
    CUT,
    /** It answers with an error. */
    REFUSAL
  }

  FleetFaults(boolean isOn) {
    this.isOn = isOn;
  }

  /** Returns what a cluster does with a look that comes now. */
  Fault of(String cluster) {
    if (cluster.startsWith(FleetProcess.HUNG)) {
      return Fault.SILENCE;
    }
    if (!isOn) {
      return Fault.NONE;
    }
    long turn = clock.millis() / Duration.ofMinutes(1).toMillis() + cluster.hashCode();
    if (Math.floorMod(turn, EVERY) != 0) {
      return Fault.NONE;
    }
    return Fault.values()[1 + (int) Math.floorMod(turn / EVERY, 3L)];
  }
}
