package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster with a clock moved by hand. */
final class Stage {

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  static final String CANCEL_SETS = "ALTER SYSTEM CANCEL BACKUP BACKUPSET";
  static final String CANCEL_PIECES = "ALTER SYSTEM CANCEL BACKUP BACKUPPIECE";
  static final String STOP = "ALTER SYSTEM STOP BACKUP ARCHIVELOG";
  static final String FORCE = "ALTER SYSTEM CANCEL ALL BACKUP FORCE";

  final VirtualCluster cluster;
  Instant now;

  Stage(ClusterSettings.Builder settings) {
    this(new VirtualCluster(settings.build(), START));
  }

  Stage(VirtualCluster cluster) {
    this.cluster = cluster;
    now = cluster.now();
  }

  static Stage plain() {
    return new Stage(ClusterSettings.builder());
  }

  static Stage of(Profile profile) {
    return new Stage(profile.start(START));
  }

  Reply send(String statement) {
    return cluster.alterSystem(statement, "sys", now);
  }

  Stage pass(Duration time) {
    now = now.plus(time);
    cluster.advance(now);
    return this;
  }

  Stage seconds(long seconds) {
    return pass(Duration.ofSeconds(seconds));
  }

  Stage minutes(long minutes) {
    return pass(Duration.ofMinutes(minutes));
  }

  List<String> setStatuses() {
    return cluster.setJobs().stream().map(SetJobRow::status).toList();
  }

  List<String> pieceStatuses() {
    return cluster.pieceJobs().stream().map(PieceJobRow::status).toList();
  }

  List<String> archiveStatuses() {
    return cluster.archiveRows().stream().map(ArchiveRow::status).toList();
  }

  Table table(String name) {
    return cluster.tables("sys").stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no table " + name));
  }

  /** Returns one column of a table, from the first row to the last. */
  List<@Nullable Object> column(String table, String column) {
    Table found = table(table);
    int place = found.columns().stream().map(Table.Column::name).toList().indexOf(column);
    return found.rows().stream().<@Nullable Object>map(row -> row.get(place)).toList();
  }
}
