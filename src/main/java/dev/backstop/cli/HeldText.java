package dev.backstop.cli;

import dev.backstop.command.Overview;
import dev.backstop.policy.FileState;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.Disarming;
import dev.backstop.text.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Shows policies, what waits for a person, and what a person disarmed. */
final class HeldText {

  private final boolean colours;

  HeldText(boolean colours) {
    this.colours = colours;
  }

  /** Shows what is held, with the one command or edit that releases each. */
  List<String> held(List<HeldSet> sets) {
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

  /** Shows what is disarmed, by whom and why. */
  List<String> disarmed(List<Disarming> disarmings) {
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

  /** Shows what lies in the policy folder and is not read. */
  List<String> unread(List<UnreadEntry> entries) {
    Table table = new Table("  ");
    entries.forEach(entry -> table.row(entry.path(), entry.words()));
    List<String> lines = new ArrayList<>(table.lines(colours));
    if (!lines.isEmpty()) {
      lines.add(0, TextStyle.ATTENTION.paint("Not read in the policy folder", colours));
    }
    return lines;
  }

  /** Shows every policy known and every broken file. */
  List<String> policies(Overview overview) {
    Table table = new Table("  ");
    for (KnownPolicy known : overview.policies().policies()) {
      table.row(
          Cell.of(known.name()),
          Cell.of(known.policy().cluster()),
          Cell.of("data " + known.policy().data().word() + ", log " + known.policy().log().word()),
          Cell.of(known.policy().mode().word()),
          Cell.of(presence(known.presence()), tone(known.presence())),
          Cell.of(known.problem().isEmpty() ? known.file() : known.file() + ":" + known.problem()));
    }
    for (StrayFile stray : overview.policies().strays()) {
      String cluster = stray.cluster();
      table.row(
          Cell.of("-"),
          Cell.of(cluster == null ? "any" : cluster),
          Cell.of(""),
          Cell.of(""),
          Cell.of("broken, never good", TextStyle.BAD),
          Cell.of(stray.file() + ":" + stray.problem()));
    }
    List<String> lines = new ArrayList<>(table.lines(colours));
    if (!lines.isEmpty()) {
      lines.add(0, TextStyle.STRONG.paint("Policies", colours));
    }
    return lines;
  }

  private static String presence(FileState presence) {
    return switch (presence) {
      case LIVE -> "live";
      case CHANGING -> "changing";
      case BROKEN -> "broken, last good version protects";
      case PENDING -> "deleted, in its grace";
      case HELD -> "deleted, held";
      case COUNTED -> "deleted, being stopped";
    };
  }

  private static TextStyle tone(FileState presence) {
    return switch (presence) {
      case LIVE -> TextStyle.GOOD;
      case CHANGING, PENDING, HELD, COUNTED -> TextStyle.ATTENTION;
      case BROKEN -> TextStyle.BAD;
    };
  }

  /** Returns how many things something is, in words. */
  static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
