package dev.backstop.simulator.cluster;

import dev.backstop.simulator.cluster.SimulatedCluster.ServerVersion;
import java.util.Locale;

/**
 * Lists the servers that can be played, each with its versions, views and grammar
 * (docs/oceanbase.md#versions).
 */
public enum Edition {
  /** Enterprise 2.2.76: set jobs only, no piece views, no FORCE. */
  EE_2_2_76("2.2.76", Line.OLD),
  /** Enterprise 2.2.77: the first with piece jobs. */
  EE_2_2_77("2.2.77", Line.FULL),
  /** Community 3.1.0: narrow set views, no piece views, starts and STOP refused, no FORCE. */
  CE_3_1_0("3.1.0", Line.OLD),
  /** Community 3.1.2: all views, starts and STOP refused, no FORCE. */
  CE_3_1_2("3.1.2", Line.FULL),
  /** Community 3.1.5: all views, starts and STOP refused. */
  CE_3_1_5("3.1.5", Line.FULL),
  /** Enterprise 3.2.3 BP4. */
  EE_3_2_3("3.2.3.1", Line.FULL),
  /** Enterprise 3.2.4. */
  EE_3_2_4("3.2.4.0", Line.FULL),
  /** Enterprise 3.2.4 BP5, whose job views have more columns, and not at the end. */
  EE_3_2_4_BP5("3.2.4.5", Line.FULL),
  /** Community 4.2: secondary backup is gone, its statements still parse. */
  CE_4_2("4.2.1.0", Line.FOUR);

  private enum Line {
    OLD,
    FULL,
    FOUR
  }

  private final String number;
  private final Line line;

  Edition(String number, Line line) {
    this.number = number;
    this.line = line;
  }

  /** Tells what the server's version probes show. */
  public ServerVersion version() {
    String build = "(r20230412152418-6f1c2f0a9b7d) (Built Apr 12 2023 15:32:10)";
    String product = line == Line.FOUR ? "OceanBase_CE " : "OceanBase ";
    return new ServerVersion(number, product + number + " " + build, full(), "5.7.25");
  }

  private String full() {
    if (line == Line.FOUR) {
      return "5.7.25-OceanBase_CE-v" + number;
    }
    return isCommunity() ? number + "-OceanBase CE" : "5.7.25-OceanBase-v" + number;
  }

  boolean isCommunity() {
    return name().startsWith("CE_");
  }

  /** Tells whether secondary backup is gone from this version. */
  boolean isFour() {
    return line == Line.FOUR;
  }

  /** Tells whether piece jobs, their views and the views that came with them exist. */
  boolean hasPieces() {
    return line == Line.FULL;
  }

  /** Tells whether the set job views have BACKUP_DEST, MAX_BACKUP_TIMES and RESULT. */
  boolean hasWideSetViews() {
    return line == Line.FULL;
  }

  boolean hasExtraColumns() {
    return this == EE_3_2_4_BP5;
  }

  /** Tells whether CANCEL ALL BACKUP FORCE parses. */
  boolean knowsForce() {
    return line != Line.OLD && this != CE_3_1_2;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
