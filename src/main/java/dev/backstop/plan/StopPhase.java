package dev.backstop.plan;

import dev.backstop.timeline.TimelineInstant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Phase of a kind between two looks: whether a stop is outstanding, and whether the last looks
 * agree that nothing forbidden runs. A stop waits only while something forbidden was seen to run.
 */
public sealed interface StopPhase {

  /** No stop is outstanding, and something forbidden runs or could not be looked for. */
  record Idle() implements StopPhase {}

  /**
   * No stop is outstanding, and nothing forbidden runs.
   *
   * @param quiet the looks that agree
   */
  record Quiet(QuietPeriod quiet) implements StopPhase {
    @Override
    public Optional<QuietPeriod> quietPeriod() {
      return Optional.of(quiet);
    }
  }

  /**
   * A stop is outstanding, and no look since has shown that nothing forbidden runs.
   *
   * @param stop the stop
   * @param countedUntil the look up to which its waiting was counted; null while it does not count
   */
  record Requested(OutstandingStop stop, @Nullable TimelineInstant countedUntil)
      implements StopPhase {
    @Override
    public Optional<OutstandingStop> outstanding() {
      return Optional.of(stop);
    }

    @Override
    public StopPhase sent(TimelineInstant at) {
      return this;
    }

    @Override
    public StopPhase progressed() {
      return new Requested(stop.progressed(), countedUntil);
    }

    @Override
    public StopPhase doubted() {
      return this;
    }

    @Override
    public StopPhase running(TimelineInstant look, boolean counts) {
      if (!counts) {
        return new Requested(stop, null);
      }
      return new Requested(countedUntil == null ? stop : stop.waited(countedUntil, look), look);
    }
  }

  /**
   * A stop is outstanding, and nothing forbidden runs any more.
   *
   * @param stop the stop
   * @param quiet the looks that agree
   */
  record Proving(OutstandingStop stop, QuietPeriod quiet) implements StopPhase {
    @Override
    public Optional<OutstandingStop> outstanding() {
      return Optional.of(stop);
    }

    @Override
    public Optional<QuietPeriod> quietPeriod() {
      return Optional.of(quiet);
    }
  }

  /**
   * Returns the phase of a kind with a stop and a quiet period, or without them.
   *
   * @param countedUntil the look up to which the stop's waiting was counted; null while it does not
   *     count, as never in a quiet period
   */
  static StopPhase of(
      Optional<OutstandingStop> stop,
      Optional<QuietPeriod> quiet,
      @Nullable TimelineInstant countedUntil) {
    if (stop.isEmpty()) {
      return quiet.<StopPhase>map(Quiet::new).orElseGet(Idle::new);
    }
    return quiet
        .<StopPhase>map(period -> new Proving(stop.get(), period))
        .orElseGet(() -> new Requested(stop.get(), countedUntil));
  }

  private static StopPhase of(Optional<OutstandingStop> stop, Optional<QuietPeriod> quiet) {
    return of(stop, quiet, null);
  }

  /** Returns the stop that is neither proven nor ended by an edit, if any. */
  default Optional<OutstandingStop> outstanding() {
    return Optional.empty();
  }

  /** Returns the looks that agree that nothing forbidden runs, if any. */
  default Optional<QuietPeriod> quietPeriod() {
    return Optional.empty();
  }

  /** Returns the look up to which the stop's waiting was counted; null while it does not count. */
  default @Nullable TimelineInstant countedUntil() {
    return null;
  }

  /** Returns the phase after a statement, which begins a stop where none is outstanding. */
  default StopPhase sent(TimelineInstant at) {
    return of(outstanding().or(() -> Optional.of(OutstandingStop.at(at))), quietPeriod());
  }

  /** Returns the phase after progress: waiting begins anew. */
  default StopPhase progressed() {
    return of(outstanding().map(OutstandingStop::progressed), quietPeriod());
  }

  /** Returns the phase as the looks that mattered left it: later ones only confirm it. */
  default StopPhase withoutConfirmations() {
    return of(outstanding(), quietPeriod().map(QuietPeriod::upToProof), countedUntil());
  }

  /** Returns the phase without a stop. */
  default StopPhase ended() {
    return of(Optional.empty(), quietPeriod());
  }

  /** Returns the phase after a look that could not be judged. */
  default StopPhase unseen() {
    return of(outstanding(), Optional.empty());
  }

  /** Returns the phase after an edit, where what was quiet before it proves nothing any more. */
  default StopPhase doubted() {
    return unseen();
  }

  /** Returns the phase after a look that shows that something forbidden runs. */
  default StopPhase running(TimelineInstant look, boolean counts) {
    return outstanding()
        .<StopPhase>map(stop -> new Requested(stop, counts ? look : null))
        .orElseGet(Idle::new);
  }

  /** Returns the phase after a look that shows that nothing forbidden runs. */
  default StopPhase quietSeen(QuietPeriod period) {
    return of(outstanding(), Optional.of(period));
  }
}
