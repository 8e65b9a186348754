package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.plan.SentStatement;
import java.time.Instant;
import java.util.List;

/**
 * Remembers the last statement that was for some rows.
 *
 * @param at when it was sent
 * @param lowest the lowest job id seen then; 0 for none
 * @param highest the highest job id seen then; 0 for none
 * @param result how it was answered
 */
record LastCancel(Instant at, long lowest, long highest, SentStatement.Result result) {

  static LastCancel of(Instant at, List<Job> rows, SentStatement.Result result) {
    return new LastCancel(
        at,
        rows.stream().mapToLong(Job::jobId).min().orElse(0),
        rows.stream().mapToLong(Job::jobId).max().orElse(0),
        result);
  }
}
