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

  static ReasonCode code(KindInput view) {
    if (view.kind() == Kind.DATA || view.input().observation().isArchiveRunning()) {
      return ReasonCode.NO_JOBS;
    }
    return isPaused(view) ? ReasonCode.PAUSED : ReasonCode.NEVER_PAUSED;
  }

  private static boolean isPaused(KindInput view) {
    return view.input().observation().archiveOfCluster().filter(ArchiveRow::isPaused).isPresent();
  }

  static String words(KindInput view) {
    String words =
        switch (code(view)) {
          case PAUSED -> "paused";
          case NEVER_PAUSED -> "not running, never paused";
          default -> view.jobs().isEmpty() ? "no jobs" : "no forbidden jobs";
        };
    if (!view.jobs().isEmpty()) {
      words += "; still runs and is not forbidden: " + KindInput.titles(view.jobs());
    }
    List<ArchiveRow> left = view.input().observation().rowsLeftBehind();
    if (view.kind() == Kind.LOG && !left.isEmpty()) {
      words +=
          "; rows left behind of tenants "
              + KindInput.list(
                  left.stream().map(row -> row.tenant() + " (" + row.status() + ")").toList(),
                  ", ");
    }
    return words;
  }

  static String permitted(KindInput view) {
    String names =
        view.input().policies(view.kind()).stream()
            .filter(known -> known.presence().hasFile())
            .filter(known -> known.policy().desired(view.kind()) == Desired.ON)
            .map(KnownPolicy::name)
            .collect(Collectors.joining(", "));
    return "permitted by policy " + names + (view.jobs().isEmpty() ? "; nothing runs" : "");
  }
}
