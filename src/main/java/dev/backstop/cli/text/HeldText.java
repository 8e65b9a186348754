package dev.backstop.cli.text;

import dev.backstop.command.Overview;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.Disarming;
import dev.backstop.text.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Formats policies, held sets, disarmings and unread entries. */
public final class HeldText {

  private final boolean colours;

  public HeldText(boolean colours) {
    this.colours = colours;
  }

  /** Returns the held sets, each with the command or edit that releases it. */
  public List<String> held(List<HeldSet> sets) {
    List<String> lines = new ArrayList<>();
    for (HeldSet set : sets) {
      Table table = new Table("  ");
      table.row("reason", set.reason().words());
      table.row("clusters", String.join(", ", set.clusters()));
      if (!set.policies().isEmpty()) {
        table.row("policies", String.join(", ", set.policies()));
      }
      table.row(Cell.of("to release:"), Cell.of(set.release(), TextStyle.STRONG));
      lines.add(
          TextStyle.ATTENTION.paint("Held " + Cell.of(set.id()).text(), colours)
              + " since "
              + Times.utc(set.since()));
      lines.addAll(table.lines(colours));
    }
    return lines;
  }

  /** Returns what is disarmed, by whom and why. */
  public List<String> disarmed(List<Disarming> disarmings) {
    List<String> lines = new ArrayList<>();
    for (Disarming disarming : disarmings) {
      boolean all = disarming.cluster().equals(Disarming.ALL);
      Instant until = disarming.until();
      Table table = new Table("  ");
      table.row("reason", disarming.reason());
      table.row("until", until == null ? "armed again" : Times.utc(until));
      table.row(
          Cell.of("to release:"),
          Cell.of("backstop arm " + (all ? "--all" : disarming.cluster()), TextStyle.STRONG));
      lines.add(
          TextStyle.ATTENTION.paint(
                  "Disarmed: " + (all ? "every cluster" : Cell.of(disarming.cluster()).text()),
                  colours)
              + " by "
              + Cell.of(disarming.by()).text()
              + " since "
              + Times.utc(disarming.since()));
      lines.addAll(table.lines(colours));
    }
    return lines;
  }

  /** Returns what is in the policy folder and is not read. */
  public List<String> unread(List<UnreadEntry> entries) {
    Table table = new Table("  ");
    entries.forEach(entry -> table.row(entry.path(), entry.words()));
    List<String> lines = new ArrayList<>(table.lines(colours));
    if (!lines.isEmpty()) {
      lines.add(0, TextStyle.ATTENTION.paint("Not read in the policy folder", colours));
    }
    return lines;
  }

  /**
   * Returns the known policies and every broken file.
   *
   * @param isVerbose whether policies that are live are shown one by one, and not counted
   */
  List<String> policies(Overview overview, boolean isVerbose) {
    Table table = new Table("  ");
    int live = 0;
    for (List<KnownPolicy> alike : alike(overview.policies())) {
      KnownPolicy known = alike.get(0);
      if (!isVerbose && known.phase() == Phase.GOOD) {
        live++;
        continue;
      }
      table.row(
          Cell.of(known.name()),
          Cell.of(String.join(", ", alike.stream().map(one -> one.policy().cluster()).toList())),
          Cell.of("data " + known.policy().data().word() + ", log " + known.policy().log().word()),
          Cell.of(known.policy().mode().word()),
          Cell.of(words(known.phase()), style(known.phase())),
          Cell.of(known.problem().isEmpty() ? known.file() : known.file() + ":" + known.problem()));
    }
    for (StrayFile stray : overview.policies().strays()) {
      table.row(
          Cell.of("-"),
          Cell.of(stray.clusters().isEmpty() ? "any" : String.join(", ", stray.clusters())),
          Cell.of(""),
          Cell.of(""),
          Cell.of("broken, never good", TextStyle.BAD),
          Cell.of(stray.file() + ":" + stray.problem()));
    }
    List<String> lines = new ArrayList<>(table.lines(colours));
    String counted = live == 0 ? "" : ": " + live + " live" + (lines.isEmpty() ? "" : ", and");
    if (!lines.isEmpty() || live > 0) {
      lines.add(0, TextStyle.STRONG.paint("Policies" + counted, colours));
    }
    return lines;
  }

  /** Groups each policy's clusters by what became of its file there. */
  private static List<List<KnownPolicy>> alike(PolicyRegistry policies) {
    List<List<KnownPolicy>> groups = new ArrayList<>();
    for (List<KnownPolicy> policy : policies.byName().values()) {
      Map<Phase, List<KnownPolicy>> byPhase =
          policy.stream()
              .collect(
                  Collectors.groupingBy(KnownPolicy::phase, TreeMap::new, Collectors.toList()));
      groups.addAll(byPhase.values());
    }
    return groups;
  }

  private static String words(Phase phase) {
    return switch (phase) {
      case GOOD -> "live";
      case CHANGING -> "changing";
      case BROKEN -> "broken, last good version protects";
      case DELETION_PENDING -> "deleted, in its grace";
      case DELETION_HELD -> "deleted, held";
      case DELETION_EFFECTIVE -> "deleted, being stopped";
    };
  }

  private static TextStyle style(Phase phase) {
    return switch (phase) {
      case GOOD -> TextStyle.GOOD;
      case CHANGING, DELETION_PENDING, DELETION_HELD, DELETION_EFFECTIVE -> TextStyle.ATTENTION;
      case BROKEN -> TextStyle.BAD;
    };
  }

  /** Returns a number with its noun, in the singular or plural. */
  public static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
