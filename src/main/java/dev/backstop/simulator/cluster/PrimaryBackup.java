package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays the primary log archive and data backup, which no secondary stop touches. */
final class PrimaryBackup implements Activity {

  private final ClusterSettings settings;
  private final Parameters parameters;
  private final Map<Long, String> statuses = new TreeMap<>();
  private final List<Long> backupSets = new ArrayList<>(List.of(1L, 2L));
  private Instant roundStart;
  private Instant nextChange = Instant.MAX;
  private long round;
  private boolean archiveInPieces;
  private boolean dataBackupRuns;
  private Instant dataBackupStarted;

  PrimaryBackup(ClusterSettings settings, Parameters parameters, Instant start) {
    this.settings = settings;
    this.parameters = parameters;
    roundStart = start;
    dataBackupStarted = start;
    dataBackupRuns = settings.primaryDataBackup();
    if (settings.primaryArchiving()) {
      round = 1;
      archiveInPieces = parameters.cutsPieces();
      settings.tenants().keySet().forEach(tenant -> statuses.put(tenant, "DOING"));
    } else {
      statuses.put(CopyRequest.CLUSTER, "STOP");
    }
  }

  /** Returns the status of each tenant's archive; the system tenant always has one. */
  Map<Long, String> statuses() {
    return statuses;
  }

  boolean isArchiving() {
    return "DOING".equals(statuses.get(CopyRequest.CLUSTER));
  }

  boolean isOff() {
    return "STOP".equals(statuses.get(CopyRequest.CLUSTER));
  }

  boolean archiveInPieces() {
    return archiveInPieces;
  }

  boolean dataBackupRuns() {
    return dataBackupRuns;
  }

  Instant dataBackupStarted() {
    return dataBackupStarted;
  }

  long round() {
    return round;
  }

  Instant roundStart() {
    return roundStart;
  }

  /** Returns the ids of the successful backup sets, oldest first. */
  List<Long> backupSets() {
    return backupSets;
  }

  void startArchive(Iterable<Long> tenants, Instant now) {
    round++;
    roundStart = now;
    archiveInPieces = parameters.cutsPieces();
    tenants.forEach(tenant -> statuses.put(tenant, "BEGINNING"));
    nextChange = now.plus(settings.timing().step());
  }

  void stopArchive(Instant now) {
    statuses.replaceAll((tenant, status) -> "STOPPING");
    nextChange = now.plus(settings.timing().step());
  }

  void startData(Instant now) {
    dataBackupRuns = true;
    dataBackupStarted = now;
  }

  void cancelData() {
    dataBackupRuns = false;
  }

  void dropTenant(long tenantId) {
    statuses.remove(tenantId);
  }

  @Override
  public Instant next() {
    return nextChange;
  }

  @Override
  public void run(Instant at) {
    statuses.replaceAll((tenant, status) -> status.equals("BEGINNING") ? "DOING" : "STOP");
    nextChange = Instant.MAX;
  }
}
