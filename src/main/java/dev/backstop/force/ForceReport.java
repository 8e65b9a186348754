package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.observation.Observation;
import dev.backstop.plan.SentStatement;
import dev.backstop.state.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells plainly what is proven, what is not, and what can't be.
 *
 * @param course how far it has come
 * @param sight what the last look was worth
 * @param struck how the forced end was answered; null where this run did not send it
 * @param stopped who or what ended it after the forced end; null for nobody
 */
record ForceReport(
    ForceProcedure course,
    ForceObservation sight,
    @Nullable Outcome struck,
    @Nullable ForceRefusedException stopped) {

  private static final int UNKNOWN_STATEMENT = 1064;

  /** Says what runs. */
  static String left(List<Job> jobs) {
    return jobs.isEmpty()
        ? "nothing of the secondary backup is left in the views"
        : jobs.stream().map(Job::title).collect(Collectors.joining(", ", "still there: ", ""));
  }

  ForceOutcome ending() {
    if (!course.isForced()) {
      return notForced();
    }
    if (course.areJobsProven() && course.isArchiveProven()) {
      return ForceOutcome.PROVEN;
    }
    if (!sight.isClear()) {
      return sight.ending();
    }
    return stopped == null ? ForceOutcome.NOT_PROVEN : stopped.ending();
  }

  private ForceOutcome notForced() {
    if (!sight.isClear()) {
      return sight.ending();
    }
    return struck == null ? ForceOutcome.NOT_PROVEN : ForceOutcome.FAILED;
  }

  /** Says how it ended, a line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!course.isForced()) {
      lines.add(whyNotForced());
      return lines;
    }
    if (stopped != null) {
      lines.add("ended before its time: " + stopped.getMessage());
    }
    lines.add(
        course.areJobsProven()
            ? "proven by two looks: no backup set job and no piece job is left"
            : "not proven: " + (course.seen() == null ? sight.words() : left(jobs())));
    lines.add(archive());
    lines.add(
        "what can't be proven from here: that the primary data backup, the primary log archive,"
            + " validate and delete tasks all ended (the server swallows single failures), and that"
            + " no observer goes on copying for some minutes: do not unmount or delete a"
            + " destination yet");
    return lines;
  }

  /** Lists what the last look showed. */
  List<Job> jobs() {
    Observation seen = course.seen();
    return seen == null ? List.of() : ForceRecorder.all(seen);
  }

  private String archive() {
    Observation seen = course.seen();
    if (course.isArchiveProven()) {
      return "proven by two looks: the continuous archive does not run";
    }
    if (seen != null && seen.isArchiveRunning()) {
      return "not proven: the continuous archive's flag or row still says that it runs; the row may"
          + " be stale, and it goes on once both destinations are set again. STOP is refused until"
          + " then: give it directly after, before step 4";
    }
    return "not proven: that the continuous archive does not run";
  }

  private String whyNotForced() {
    Outcome answer = struck;
    if (answer == null) {
      return course.stopTrouble().isEmpty()
          ? "time was up; nothing was sent by force" + (sight.isClear() ? "" : ": " + sight.words())
          : "nothing was sent by force: "
              + course.stopTrouble()
              + ", and after the forced end STOP is refused while the archive goes on once both"
              + " destinations are set again. Mend what the server names, or type it again with"
              + " --even-so";
    }
    if (answer.result() == SentStatement.Result.REFUSED && answer.error() == UNKNOWN_STATEMENT) {
      return "this edition of the server does not know the statement (Community up to 3.1.2 and"
          + " older Enterprise do not): nothing was ended by force. Ask OceanBase's support";
    }
    return "nothing was ended by force: " + answer.words();
  }
}
