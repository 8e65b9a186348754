package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.TextStyle;
import dev.backstop.observation.Kind;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.state.Report;
import dev.backstop.text.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Shows what changes during {@code apply}, and what its end means. */
final class ApplyProgress implements Consumer<Report> {

  private static final String STILL_COPYING =
      "Observers may go on copying for some minutes: do not unmount or delete a destination yet.";

  private final Terminal terminal;
  private final Clock clock;
  private final Instant began;
  private final Map<String, State> last = new TreeMap<>();
  private final Set<String> stopped = new HashSet<>();
  private final List<Plan.Release> ended = new ArrayList<>();

  ApplyProgress(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    this.began = clock.instant();
  }

  @Override
  public synchronized void accept(Report report) {
    for (KindPlan kind : report.plan().kinds()) {
      showChange(report.cluster(), kind);
    }
    ended.addAll(report.plan().releases());
    terminal.progress(
        Durations.spaced(Duration.between(began, clock.instant())) + "  " + states(last));
  }

  private void showChange(String cluster, KindPlan kind) {
    String name = cluster + " " + kind.kind().word();
    State before = last.put(name, kind.state());
    Statement statement = kind.statement();
    if (kind.state() == State.STOPPING && !kind.jobs().isEmpty()) {
      stopped.add(name);
    }
    if (before == kind.state() && statement == null) {
      return;
    }
    String sends = statement == null ? "" : "; sends " + statement.sql();
    Cell words = Cell.of(cluster + " " + kind.kind().title() + " ");
    terminal.say(
        words.text()
            + TextStyle.of(kind.state()).paint(kind.state().name(), terminal.coloursErr())
            + Cell.of(": " + kind.reason().words() + sends).text());
  }

  private static String states(Map<String, State> all) {
    List<String> words = new ArrayList<>();
    all.forEach((name, state) -> words.add(name + " " + state));
    return String.join(", ", words);
  }

  /** Returns what a person should know at the end. */
  synchronized List<String> closingWords(List<Report> reports) {
    terminal.endProgress();
    List<String> words = new ArrayList<>();
    if (reports.stream().anyMatch(this::stoppedSomething)) {
      words.add(STILL_COPYING);
    }
    ended.stream()
        .filter(release -> release.cause() == Plan.Release.Cause.PROVEN)
        .map(Plan.Release::policy)
        .distinct()
        .forEach(
            policy ->
                words.add(
                    "The deletion of "
                        + policy
                        + " is proven. What no policy covers is unmanaged from now on: only a"
                        + " policy that says off keeps it stopped."));
    return words;
  }

  private boolean stoppedSomething(Report report) {
    for (Kind kind : Kind.values()) {
      if (stopped.contains(report.cluster() + " " + kind.word())
          && report.plan().kind(kind).state() == State.STOPPED) {
        return true;
      }
    }
    return false;
  }
}
