package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.observation.Observation;
import dev.backstop.plan.SentStatement;
import dev.backstop.state.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable report of what is proven, what is not, and what can't be.
 *
 * @param steps how far the procedure has come
 * @param blind why the last look did not show everything; empty where it did
 * @param answer how the forced end was answered; null where this run did not send it
 * @param stopped what ended the procedure after the forced end; null for nothing
 */
record ForceReport(
    ForceSteps steps,
    Optional<Preflight.Objection> blind,
    @Nullable Outcome answer,
    @Nullable ForceRefusedException stopped) {

  private static final int UNKNOWN_STATEMENT = 1064;

  /** Returns what runs, in words. */
  static String left(List<Job> jobs) {
    return jobs.isEmpty()
        ? "nothing of the secondary backup is left in the views"
        : jobs.stream().map(Job::title).collect(Collectors.joining(", ", "still there: ", ""));
  }

  ForceOutcome outcome() {
    if (steps.areJobsProven() && steps.isArchiveProven()) {
      return ForceOutcome.PROVEN;
    }
    if (blind.isPresent()) {
      return blind.get().outcome();
    }
    if (!steps.isForced()) {
      return answer == null ? ForceOutcome.NOT_PROVEN : ForceOutcome.FAILED;
    }
    return stopped == null ? ForceOutcome.NOT_PROVEN : stopped.outcome();
  }

  List<String> lines() {
    if (!steps.isForced()) {
      return List.of(answer == null ? notSent() : failed(answer));
    }
    List<String> lines = new ArrayList<>();
    if (stopped != null) {
      lines.add("ended before its time: " + stopped.getMessage());
    }
    lines.add(
        steps.areJobsProven()
            ? "proven by two looks: no backup set job and no piece job is left"
            : "not proven: " + blind.map(Preflight.Objection::words).orElseGet(() -> left(jobs())));
    lines.add(archive());
    lines.add(
        "what can't be proven from here: that the primary data backup, the primary log archive,"
            + " validate and delete tasks all ended (the server swallows single failures), and that"
            + " no observer goes on copying for some minutes: do not unmount or delete a"
            + " destination yet");
    return lines;
  }

  /** Returns what the last look showed. */
  List<Job> jobs() {
    Observation seen = steps.seen();
    return seen == null ? List.of() : seen.jobs();
  }

  private String archive() {
    if (steps.isArchiveProven()) {
      return "proven by two looks: the continuous archive does not run";
    }
    Observation seen = steps.seen();
    if (seen != null && seen.isArchiveRunning()) {
      return "not proven: the continuous archive's flag or row still says that it runs; the row may"
          + " be stale, and it goes on once both destinations are set again. STOP is refused until"
          + " then: give it directly after, before step 4";
    }
    return "not proven: that the continuous archive does not run";
  }

  private String notSent() {
    return steps.stopProblem().isEmpty()
        ? "time was up; nothing was sent by force"
            + blind.map(objection -> ": " + objection.words()).orElse("")
        : "nothing was sent by force: "
            + steps.stopProblem()
            + ", and after the forced end STOP is refused while the archive goes on once both"
            + " destinations are set again. Mend what the server names, or type it again with"
            + " --even-so";
  }

  private static String failed(Outcome answer) {
    return answer.result() == SentStatement.Result.REFUSED && answer.error() == UNKNOWN_STATEMENT
        ? "this edition of the server does not know the statement (Community up to 3.1.2 and older"
            + " Enterprise do not): nothing was ended by force. Ask OceanBase's support"
        : "nothing was ended by force: " + answer.words();
  }
}
