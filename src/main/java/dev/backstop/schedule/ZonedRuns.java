package dev.backstop.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes when an expression fires in a zone, across switches of summer time.
 *
 * <p>It fires at every instant whose wall time the expression names: in the hour that comes twice,
 * twice. For the length of a switch, the clock of before it goes on beside the new one: where the
 * clock goes forward, so that what falls into the hour that is left out is not lost; where it goes
 * back, for expressions that fire in every hour, so that a switch of half an hour makes no gap
 * longer than the expression's own.
 */
final class ZonedRuns {

  /** Nothing fires after this. */
  private static final Instant END = Instant.parse("9000-01-01T00:00:00Z");

  private final Cron cron;
  private final ZoneRules rules;

  ZonedRuns(Cron cron, ZoneId zone) {
    this.cron = cron;
    this.rules = zone.getRules();
  }

  /** Returns the first instant after one at which the expression fires; empty where none is. */
  Optional<Instant> after(Instant after) {
    if (!after.isBefore(END)) {
      return Optional.empty();
    }
    // The field of years begins with 1970.
    Instant since = after.isBefore(Instant.EPOCH) ? Instant.EPOCH : after;
    Instant from = since.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Optional<Instant> first =
        byClockBeforeSwitch(rules.previousTransition(from.plusNanos(1)), from);
    while (true) {
      ZoneOffsetTransition next = rules.nextTransition(from);
      Optional<Instant> run = byClock(rules.getOffset(from), from);
      if (run.isPresent() && (next == null || run.get().isBefore(next.getInstant()))) {
        return earlier(first, run);
      }
      if (first.isPresent() || next == null || (run.isEmpty() && isFar(next, from))) {
        return first;
      }
      from = next.getInstant();
      first = byClockBeforeSwitch(next, from);
    }
  }

  /** A wall time that has passed can recur only if the clock goes back soon. */
  private static boolean isFar(ZoneOffsetTransition next, Instant from) {
    return next.getInstant().isAfter(from.plus(Duration.ofDays(2)));
  }

  private Optional<Instant> byClock(ZoneOffset offset, Instant from) {
    return cron.atOrAfter(LocalDateTime.ofInstant(from, offset)).map(run -> run.toInstant(offset));
  }

  private Optional<Instant> byClockBeforeSwitch(@Nullable ZoneOffsetTransition last, Instant from) {
    if (last == null || (last.isOverlap() && cron.longestGapWithinAnHour().isEmpty())) {
      return Optional.empty();
    }
    Instant end = last.getInstant().plus(last.getDuration().abs());
    return from.isBefore(end)
        ? byClock(last.getOffsetBefore(), from).filter(run -> run.isBefore(end))
        : Optional.empty();
  }

  private static Optional<Instant> earlier(Optional<Instant> left, Optional<Instant> right) {
    return left.isPresent() && right.isPresent() && left.get().isBefore(right.get()) ? left : right;
  }
}
