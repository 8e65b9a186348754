package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.plan.RequiredStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells when the rows of one view are due for a CANCEL, at the daemon's own pace. */
final class CancelPace {

  /** How long a statement, or rows on their way out, are given before the next statement. */
  static final Duration REPEAT = Duration.ofSeconds(60);

  private final Kind kind;
  private List<Job> rows = List.of();
  private Optional<RequiredStatement> remedy = Optional.empty();
  private String fingerprint = "";
  private Instant since = Instant.MIN;

  /** Begins with the rows of backup sets, or of pieces. */
  CancelPace(Kind kind) {
    this.kind = kind;
  }

  void saw(Instant at, List<Job> shown) {
    rows = shown;
    remedy = RequiredStatement.of(kind, shown);
    String now = remedy.map(RequiredStatement::fingerprint).orElse("");
    if (!now.equals(fingerprint)) {
      fingerprint = now;
      since = at;
    }
  }

  /**
   * Tells whether a CANCEL is due.
   *
   * @param last the last statement that was for these rows; null for none
   */
  boolean isDue(Instant now, @Nullable LastCancel last) {
    if (remedy.isEmpty()) {
      return false;
    }
    boolean isLate = last == null || !now.isBefore(last.at().plus(REPEAT));
    if (remedy.get().isEnding()) {
      return isLate && !now.isBefore(since.plus(REPEAT));
    }
    return isLate || hasProgressed(last);
  }

  private boolean hasProgressed(@Nullable LastCancel last) {
    if (last == null) {
      return false;
    }
    return switch (kind) {
      case DATA -> rows.stream().anyMatch(job -> job.jobId() > last.highest());
      case LOG -> rows.stream().noneMatch(job -> job.jobId() == last.lowest());
    };
  }
}
