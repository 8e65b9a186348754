package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Describes a cluster as it is when a simulation starts.
 *
 * @param name the parameter {@code cluster}
 * @param id the parameter {@code cluster_id}
 * @param tenants names by id, the system tenant (1, sys) included
 * @param edition which server is played
 * @param backupDest the first location, which must be set for any copy
 * @param backupDestOption its options; a piece switch interval there cuts the archive into pieces
 * @param backupBackupDest the second location; may be empty, and may hold access keys
 * @param backupBackupDestOption its options
 * @param timing how long things take
 * @param firstJobOnly whether CANCEL BACKUPPIECE reaches the lowest job only
 *     (docs/oceanbase.md#cancel-statements)
 * @param frozenPieces how many pieces of the archive are complete
 * @param primaryArchiving whether the primary log archive runs
 * @param primaryDataBackup whether a primary data backup runs
 * @param faults what is armed from the start
 * @param missingViews views that are absent: 1146
 * @param deniedTables views and tables that may not be read: 1142
 * @param comeback who starts again what was stopped
 * @param dropsIdleAfter how long a connection may idle before a proxy drops it; empty for ever
 * @param seed the only source of chance
 */
public record ClusterSettings(
    String name,
    long id,
    SortedMap<Long, String> tenants,
    Edition edition,
    String backupDest,
    String backupDestOption,
    String backupBackupDest,
    String backupBackupDestOption,
    Timing timing,
    boolean firstJobOnly,
    int frozenPieces,
    boolean primaryArchiving,
    boolean primaryDataBackup,
    Set<Fault> faults,
    Set<String> missingViews,
    Set<String> deniedTables,
    Optional<Comeback> comeback,
    Optional<Duration> dropsIdleAfter,
    long seed) {

  /** Copies its collections. */
  public ClusterSettings {
    tenants = Collections.unmodifiableSortedMap(new TreeMap<>(tenants));
    faults = Set.copyOf(faults);
    missingViews = Set.copyOf(missingViews);
    deniedTables = Set.copyOf(deniedTables);
    if (!"sys".equals(tenants.get(1L))) {
      throw new IllegalArgumentException("tenant 1 must be there and be named sys");
    }
  }

  /** Starts from an Enterprise 3.2 cluster in piece mode with two tenants and no fault. */
  public static Builder builder() {
    return new Builder();
  }

  /** Never shows a destination, which may hold access keys. */
  @Override
  public String toString() {
    return "ClusterSettings[" + name + ", " + id + ", " + edition + "]";
  }

  /** Collects settings. */
  public static final class Builder {
    private String name = "demo";
    private long id = 1;
    private final SortedMap<Long, String> tenants =
        new TreeMap<>(Map.of(1L, "sys", 1001L, "pay", 1002L, "orders"));
    private Edition edition = Edition.EE_3_2_3;
    private String backupDest = "file:///data/nfs/backup";
    private String backupDestOption = "log_archive_piece_switch_interval=1d";
    private String backupBackupDest = "file:///data/nfs/backup_backup";
    private String backupBackupDestOption = "";
    private Timing timing = Timing.standard();
    private boolean firstJobOnly = true;
    private int frozenPieces = 3;
    private boolean primaryArchiving = true;
    private boolean primaryDataBackup;
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final Set<String> missingViews = new HashSet<>();
    private final Set<String> deniedTables = new HashSet<>();
    private Optional<Comeback> comeback = Optional.empty();
    private Optional<Duration> dropsIdleAfter = Optional.empty();
    private long seed = 1;

    private Builder() {}

    /** Sets the cluster's name and id. */
    public Builder identity(String clusterName, long clusterId) {
      name = clusterName;
      id = clusterId;
      return this;
    }

    /** Adds a tenant, or renames one. */
    public Builder tenant(long tenantId, String tenantName) {
      tenants.put(tenantId, tenantName);
      return this;
    }

    /** Sets which server is played. */
    public Builder edition(Edition value) {
      edition = value;
      return this;
    }

    /** Sets the first location and its options. */
    public Builder backupDest(String value, String option) {
      backupDest = value;
      backupDestOption = option;
      return this;
    }

    /** Leaves the primary archive in rounds, not cut into pieces. */
    public Builder rounds() {
      backupDestOption = "";
      frozenPieces = 0;
      return this;
    }

    /** Sets the second location and its options. */
    public Builder backupBackupDest(String value, String option) {
      backupBackupDest = value;
      backupBackupDestOption = option;
      return this;
    }

    /** Sets how long things take. */
    public Builder timing(Timing value) {
      timing = value;
      return this;
    }

    /** Sets whether CANCEL BACKUPPIECE reaches the lowest job only. */
    public Builder firstJobOnly(boolean value) {
      firstJobOnly = value;
      return this;
    }

    /** Sets how many pieces of the archive are complete. */
    public Builder frozenPieces(int value) {
      frozenPieces = value;
      return this;
    }

    /** Sets whether the primary archive and a primary data backup run. */
    public Builder primary(boolean archiving, boolean dataBackup) {
      primaryArchiving = archiving;
      primaryDataBackup = dataBackup;
      return this;
    }

    /** Arms a fault from the start. */
    public Builder fault(Fault value) {
      faults.add(value);
      return this;
    }

    /** Hides a view. */
    public Builder missingView(String value) {
      missingViews.add(value);
      return this;
    }

    /** Takes away the right to read a view or table. */
    public Builder deniedTable(String value) {
      deniedTables.add(value);
      return this;
    }

    /** Adds somebody who starts again what was stopped. */
    public Builder comeback(Comeback value) {
      comeback = Optional.of(value);
      return this;
    }

    /** Lets connections be dropped that idle for so long. */
    public Builder dropsIdleAfter(Duration value) {
      dropsIdleAfter = Optional.of(value);
      return this;
    }

    /** Sets the only source of chance. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Returns the settings collected. */
    public ClusterSettings build() {
      return new ClusterSettings(
          name,
          id,
          tenants,
          edition,
          backupDest,
          backupDestOption,
          backupBackupDest,
          backupBackupDestOption,
          timing,
          firstJobOnly,
          frozenPieces,
          primaryArchiving,
          primaryDataBackup,
          faults,
          missingViews,
          deniedTables,
          comeback,
          dropsIdleAfter,
          seed);
    }
  }
}
