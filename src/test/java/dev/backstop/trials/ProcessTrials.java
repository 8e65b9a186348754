package dev.backstop.trials;

import dev.backstop.kernel.FenceTable;
import dev.backstop.kernel.FenceTrial;
import dev.backstop.testing.Need;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Plays trials by command: all, or one; prints tables, and writes them where asked to. */
final class ProcessTrials {

  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private static final String KILLS = "kills";
  private static final String FENCE = "fence";

  /** How many statements are under way at once in the fence's trial. */
  private static final int AT_ONCE = 20;

  private final Map<String, Supplier<List<Finding>>> trials = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final int kills;
  private final int tries;
  private boolean isClean = true;

  private ProcessTrials(int kills, int tries, Duration soak) {
    this.kills = kills;
    this.tries = tries;
    trials.put("pause", PauseTrials::play);
    trials.put("store", StoreTrials::play);
    trials.put("folder", FolderTrials::play);
    trials.put("memory", MemoryTrials::play);
    trials.put("clock", ClockTrials::play);
    trials.put("twins", TwinTrials::play);
    trials.put("soak", () -> Soak.play(soak));
  }

  /**
   * Takes {@code --trial NAME}, {@code --kills N}, {@code --tries N} of the fence, {@code --minutes
   * N} of soaking, and {@code --report FILE}.
   */
  public static void main(String[] args) {
    int kills = Integer.parseInt(option(args, "--kills").orElse("100"));
    int tries = Integer.parseInt(option(args, "--tries").orElse("200"));
    int minutes = Integer.parseInt(option(args, "--minutes").orElse("2"));
    ProcessTrials trials = new ProcessTrials(kills, tries, Duration.ofMinutes(minutes));
    String only = option(args, "--trial").orElse("");
    if (!only.isEmpty()
        && !List.of(KILLS, FENCE).contains(only)
        && !trials.trials.containsKey(only)) {
      System.err.println(
          "--trial " + only + " is unknown; allowed are kills, fence, " + trials.trials.keySet());
      System.exit(64);
    }
    trials.play(only);
    option(args, "--report")
        .ifPresent(
            file ->
                TrialSite.write(Path.of(file), String.join("\n", Report.of(trials.lines)) + "\n"));
    System.exit(trials.isClean ? 0 : 1);
  }

  private static Optional<String> option(String[] args, String name) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return Optional.of(args[i + 1]);
      }
    }
    return Optional.empty();
  }

  private void play(String only) {
    if (only.isEmpty() || only.equals(KILLS)) {
      playKills();
    }
    if (only.isEmpty() || only.equals(FENCE)) {
      playFence();
    }
    List<Finding> findings = new ArrayList<>();
    trials.forEach(
        (name, trial) -> {
          if (only.isEmpty() || only.equals(name)) {
            System.err.println("trial " + name + " ...");
            findings.addAll(trial.get());
          }
        });
    if (!findings.isEmpty()) {
      print(Report.table(findings));
      isClean &= findings.stream().allMatch(one -> one.faults().isEmpty());
    }
  }

  private void playKills() {
    AtomicInteger done = new AtomicInteger();
    List<KillTrial.Verdict> verdicts =
        KillTable.play(
            KillTable.points(kills),
            verdict ->
                System.err.printf(
                    "kill %d of %d: %s %d %s%n",
                    done.incrementAndGet(),
                    kills,
                    verdict.point().kind(),
                    verdict.point().number(),
                    verdict.faults().isEmpty() ? "" : verdict.faults()));
    print(KillTable.table(verdicts));
    isClean &= verdicts.stream().allMatch(one -> one.faults().isEmpty());
  }

  private void playFence() {
    if (Need.KERNEL.find().isEmpty()) {
      System.err.println("trial fence is not played: it " + Need.KERNEL.missing());
      return;
    }
    System.err.println("trial fence ...");
    int rounds = Math.max(1, tries / (2 * AT_ONCE));
    List<FenceTrial.Outcome> outcomes = FenceTrial.play(rounds, AT_ONCE);
    print(FenceTable.of(outcomes));
    isClean &= outcomes.stream().noneMatch(FenceTrial.Outcome::isTooLate);
  }

  private void print(List<String> table) {
    table.forEach(OUT::println);
    OUT.println();
    lines.addAll(table);
    lines.add("");
  }
}
