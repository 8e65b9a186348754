package dev.backstop.kernel;

import dev.backstop.kernel.FenceTrial.Outcome;
import dev.backstop.kernel.KernelCluster.Arrived;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes what a fence's trial came to, by the length of the pause. */
public final class FenceTable {

  private static final int SECONDS = 2;

  private FenceTable() {}

  /** Returns a table in Markdown. */
  public static List<String> of(List<Outcome> outcomes) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| pause | how | statements | written | written after the pause | executed | last end"
            + " before the lease's | executed after the lease |");
    lines.add("|---|---|---:|---:|---:|---:|---:|---:|");
    for (boolean stopped : List.of(false, true)) {
      for (int from = 0; from <= 20; from += SECONDS) {
        rows(outcomes, stopped, from).ifPresent(lines::add);
      }
    }
    lines.add(row("all", "", outcomes));
    return lines;
  }

  private static Optional<String> rows(List<Outcome> outcomes, boolean stopped, int from) {
    List<Outcome> some =
        outcomes.stream()
            .filter(one -> one.stopped() == stopped)
            .filter(one -> one.pause().toSeconds() / SECONDS == from / SECONDS)
            .toList();
    if (some.isEmpty()) {
      return Optional.empty();
    }
    String pauses = "%d-%d s".formatted(from, from + SECONDS);
    return Optional.of(row(pauses, stopped ? "SIGSTOP" : "packet delayed", some));
  }

  private static String row(String pauses, String how, List<Outcome> some) {
    String closest =
        some.stream()
            .flatMap(FenceTable::untilLeaseEnd)
            .min(Duration::compareTo)
            .map(time -> Math.floor(time.toMillis() / 100.0) / 10 + " s")
            .orElse("");
    return "| %s | %s | %d | %d | %d | %d | %s | %d |"
        .formatted(
            pauses,
            how,
            some.size(),
            some.stream().filter(Outcome::written).count(),
            some.stream().filter(Outcome::afterPause).count(),
            some.stream().filter(one -> one.executed().isPresent()).count(),
            closest,
            some.stream().filter(Outcome::isTooLate).count());
  }

  private static Stream<Duration> untilLeaseEnd(Outcome one) {
    return one.executed().map(Arrived::end).stream()
        .map(end -> Duration.between(end, one.leaseEnd()));
  }
}
