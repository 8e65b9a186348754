package dev.backstop.simulation;

import dev.backstop.plan.Statement;
import dev.backstop.simulator.cluster.ArchiveRow;
import dev.backstop.simulator.cluster.PieceJobRow;
import dev.backstop.simulator.cluster.SetJobRow;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Is the truth of a cluster at the moment of a look.
 *
 * @param wall when the look began, by the clock that the daemon goes by
 * @param at the true time
 */
record Seen(
    Instant wall,
    Instant at,
    List<SetJobRow> sets,
    List<PieceJobRow> pieces,
    boolean flag,
    List<ArchiveRow> archive) {

  static Seen of(VirtualCluster server, Instant wall, Instant at) {
    return new Seen(
        wall,
        at,
        server.setJobs(),
        server.pieceJobs(),
        server.flag().equals("1"),
        server.archiveRows());
  }

  /** Tells whether the continuous archive runs. */
  boolean archives() {
    return flag || archive.stream().anyMatch(row -> row.tenantId() == 1 && copies(row));
  }

  boolean leftBehind() {
    return archive.stream().anyMatch(row -> row.tenantId() != 1 && copies(row));
  }

  private static boolean copies(ArchiveRow row) {
    return row.backupPieceId() == 0
        && !List.of("PAUSED", "STOP", "INTERRUPTED").contains(row.status());
  }

  /** Lists whose jobs run of a kind: tenant ids, 1 for the cluster's own and the archive. */
  List<Long> owners(boolean data) {
    List<Long> owners = new ArrayList<>();
    if (data) {
      sets.forEach(row -> owners.add(row.tenantId()));
    } else {
      pieces.forEach(row -> owners.add(row.tenantId()));
      if (archives()) {
        owners.add(1L);
      }
    }
    return owners;
  }

  long lowest(Statement statement) {
    return ids(statement).stream().mapToLong(Long::longValue).min().orElse(0);
  }

  long highest(Statement statement) {
    return ids(statement).stream().mapToLong(Long::longValue).max().orElse(0);
  }

  List<Long> ids(Statement statement) {
    return switch (statement) {
      case CANCEL_BACKUPSET -> sets.stream().map(SetJobRow::jobId).toList();
      case CANCEL_BACKUPPIECE -> pieces.stream().map(PieceJobRow::jobId).toList();
      case STOP_ARCHIVELOG -> List.of();
    };
  }

  /** Lists the rows that a CANCEL would act on, as text. */
  List<String> target(Statement statement) {
    return switch (statement) {
      case CANCEL_BACKUPSET ->
          sets.stream().map(row -> row.jobId() + " " + row.tenantId() + row.status()).toList();
      case CANCEL_BACKUPPIECE ->
          pieces.stream()
              .filter(row -> row.jobId() == lowest(statement))
              .map(row -> row.jobId() + " " + row.tenantId() + row.status())
              .toList();
      case STOP_ARCHIVELOG -> List.of();
    };
  }

  /** Tells whether all that a CANCEL would act on is on its way out. */
  boolean isEnding(Statement statement) {
    List<String> out =
        statement == Statement.CANCEL_BACKUPSET
            ? List.of("CANCEL", "CLEAN", "FINISH")
            : List.of("CANCEL", "FINISH");
    List<String> target = target(statement);
    return !target.isEmpty()
        && target.stream().allMatch(row -> out.contains(row.replaceAll("^\\d+ \\d+", "")));
  }
}
