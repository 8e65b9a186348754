package dev.backstop.trials;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Spreads kills over all kinds of points, plays them side by side, and counts. */
final class KillTable {

  private static final int SIDE_BY_SIDE = 8;

  private KillTable() {}

  /** Lists points for so many kills; a hundred are the shares themselves. */
  static List<KillPoint> points(int kills) {
    List<KillPoint> points = new ArrayList<>();
    for (int round = 1; points.size() < kills; round++) {
      for (KillPoint.Kind kind : KillPoint.Kind.values()) {
        if (round <= Math.max(kind.share(), (kind.share() * kills + 99) / 100)
            && points.size() < kills) {
          points.add(new KillPoint(kind, round));
        }
      }
    }
    return points;
  }

  static List<KillTrial.Verdict> play(
      List<KillPoint> points, Consumer<KillTrial.Verdict> onVerdict) {
    return SideBySide.play(
        SIDE_BY_SIDE,
        points.stream()
            .<Supplier<KillTrial.Verdict>>map(
                point ->
                    () -> {
                      KillTrial.Verdict verdict = KillTrial.play(point);
                      onVerdict.accept(verdict);
                      return verdict;
                    })
            .toList());
  }

  /** Writes the table, one row a kind of point. */
  static List<String> table(List<KillTrial.Verdict> verdicts) {
    List<String> lines = new ArrayList<>();
    lines.add("| point | kills | not reached | statements judged | failures |");
    lines.add("|---|---:|---:|---:|---:|");
    for (KillPoint.Kind kind : KillPoint.Kind.values()) {
      lines.add(
          row(kind.words(), verdicts.stream().filter(one -> one.point().kind() == kind).toList()));
    }
    lines.add(row("all", verdicts));
    return lines;
  }

  private static String row(String words, List<KillTrial.Verdict> verdicts) {
    return "| %s | %d | %d | %d | %d |"
        .formatted(
            words,
            verdicts.size(),
            verdicts.stream().filter(one -> !one.isReached()).count(),
            verdicts.stream().mapToInt(KillTrial.Verdict::statements).sum(),
            verdicts.stream().filter(one -> !one.faults().isEmpty()).count());
  }
}
