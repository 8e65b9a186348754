package dev.backstop.cli;

import dev.backstop.plan.State;
import dev.backstop.state.Report;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Computes the exit code of a command from its reports. */
final class ExitCodes {

  private ExitCodes() {}

  /**
   * Returns the exit code of {@code plan}.
   *
   * @param detailed whether what would be sent, and what waits for a person, count
   * @param anyHeld whether a held deletion or edit is shown
   */
  static ExitCode ofPlan(List<Report> reports, boolean anyHeld, boolean detailed) {
    List<State> states = states(reports);
    ExitCode seen = highest(states.stream().map(ExitCodes::ofApplied).toList());
    if (seen == ExitCode.NOT_READABLE || seen == ExitCode.WRONG_CLUSTER) {
      return seen;
    }
    if (!detailed) {
      return ExitCode.OK;
    }
    if (reports.stream().anyMatch(report -> !report.plan().statements().isEmpty())) {
      return ExitCode.WOULD_SEND;
    }
    boolean waits =
        anyHeld
            || states.stream().map(ExitCodes::ofApplied).anyMatch(ExitCode.NEEDS_PERSON::equals);
    return waits ? ExitCode.NEEDS_PERSON : ExitCode.OK;
  }

  /**
   * Returns the exit code of {@code apply}: the highest that applies.
   *
   * @param anyHeld whether a deletion or edit of these clusters is held
   */
  static ExitCode ofApply(List<Report> reports, boolean anyHeld) {
    ExitCode seen = highest(states(reports).stream().map(ExitCodes::ofApplied).toList());
    return anyHeld ? highest(List.of(seen, ExitCode.NEEDS_PERSON)) : seen;
  }

  /** Returns the exit code of one state at the end of {@code apply}. */
  static ExitCode ofApplied(State state) {
    return switch (state) {
      case PERMITTED, STOPPED, WOULD_STOP, UNMANAGED -> ExitCode.OK;
      case DISARMED, HELD, BLOCKED, CONTESTED -> ExitCode.NEEDS_PERSON;
      case DRIFTED, STOPPING, NOT_VERIFIED, REFUSED -> ExitCode.NOT_PROVEN;
      case UNKNOWN, UNSUPPORTED -> ExitCode.NOT_READABLE;
      case WRONG_CLUSTER -> ExitCode.WRONG_CLUSTER;
    };
  }

  private static List<State> states(List<Report> reports) {
    return reports.stream()
        .flatMap(report -> report.plan().kinds().stream())
        .map(kind -> kind.state())
        .toList();
  }

  private static ExitCode highest(Collection<ExitCode> codes) {
    return codes.stream().max(Comparator.comparing(ExitCode::code)).orElse(ExitCode.OK);
  }
}
