package dev.backstop.plan;

import dev.backstop.observation.ArchiveRow;
import dev.backstop.observation.Kind;
import dev.backstop.policy.Desired;
import dev.backstop.policy.KnownPolicy;
import java.util.List;
import java.util.stream.Collectors;

/** Computes the reason of a kind of which nothing forbidden runs. */
final class IdleStates {

  private IdleStates() {}

  static ReasonCode code(KindInput kind) {
    if (kind.kind() == Kind.DATA || kind.input().observation().isArchiveRunning()) {
      return ReasonCode.NO_JOBS;
    }
    return isPaused(kind) ? ReasonCode.PAUSED : ReasonCode.NEVER_PAUSED;
  }

  private static boolean isPaused(KindInput kind) {
    return kind.input().observation().archiveOfCluster().filter(ArchiveRow::isPaused).isPresent();
  }

  static String words(KindInput kind) {
    String words =
        switch (code(kind)) {
          case PAUSED -> "paused";
          case NEVER_PAUSED -> "not running, never paused";
          default -> kind.jobs().isEmpty() ? "no jobs" : "no forbidden jobs";
        };
    if (!kind.jobs().isEmpty()) {
      words += "; still runs and is not forbidden: " + KindInput.titles(kind.jobs());
    }
    List<ArchiveRow> left = kind.input().observation().rowsLeftBehind();
    if (kind.kind() == Kind.LOG && !left.isEmpty()) {
      words +=
          "; rows left behind of tenants "
              + KindInput.list(
                  left.stream().map(row -> row.tenant() + " (" + row.status() + ")").toList(),
                  ", ");
    }
    return words + LimitStates.outsideWords(kind);
  }

  static Reason permitted(KindInput kind) {
    String names =
        kind.policies().stream()
            .filter(known -> known.hasFile())
            .filter(known -> known.policy().desired(kind.kind()) == Desired.ON)
            .map(KnownPolicy::name)
            .collect(Collectors.joining(", "));
    String words = "permitted by policy " + names + (kind.jobs().isEmpty() ? "; nothing runs" : "");
    String outside = LimitStates.outsideWords(kind);
    return outside.isEmpty()
        ? Reason.of(ReasonCode.POLICY_ON, words + LimitStates.warning(kind))
        : Reason.of(
            ReasonCode.FINISHING,
            "%s%s; may finish: %s".formatted(words, outside, KindInput.titles(kind.jobs())));
  }
}
