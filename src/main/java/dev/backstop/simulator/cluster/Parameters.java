package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds the cluster's parameters as far as backup goes. */
final class Parameters {

  static final String BACKUP_DEST = "backup_dest";
  static final String BACKUP_DEST_OPTION = "backup_dest_option";
  static final String BACKUP_BACKUP_DEST = "backup_backup_dest";
  static final String BACKUP_BACKUP_DEST_OPTION = "backup_backup_dest_option";

  /** A hidden parameter: it can be set, and SHOW PARAMETERS does not list it. */
  static final String BACKUP_IDLE_TIME = "_backup_idle_time";

  private static final Duration SHORTEST_IDLE = Duration.ofSeconds(10);
  private static final Pattern CHECKPOINT =
      Pattern.compile("log_archive_checkpoint_interval=(\\d+)([smh]?)");
  private static final Pattern IDLE = Pattern.compile("(\\d+)([smh]?)");
  private static final Pattern PIECES = Pattern.compile("log_archive_piece_switch_interval=(\\d+)");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> usedDirectories = new HashSet<>();
  private final Duration idleWithoutOption;
  private Duration setIdle;

  Parameters(ClusterSettings settings) {
    idleWithoutOption = settings.timing().pieceIdle();
    setIdle = settings.timing().setIdle();
    values.put("cluster", settings.name());
    values.put("cluster_id", Long.toString(settings.id()));
    if (!settings.edition().isFour()) {
      set(BACKUP_DEST, settings.backupDest());
      set(BACKUP_DEST_OPTION, settings.backupDestOption());
      set(BACKUP_BACKUP_DEST, settings.backupBackupDest());
      set(BACKUP_BACKUP_DEST_OPTION, settings.backupBackupDestOption());
    }
  }

  Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }

  boolean knows(String name) {
    return values.containsKey(name) || name.equals(BACKUP_IDLE_TIME);
  }

  void set(String name, String value) {
    if (name.equals(BACKUP_DEST)) {
      usedDirectories.add(value);
    }
    values.put(name, value);
  }

  String backupDest() {
    return values.getOrDefault(BACKUP_DEST, "");
  }

  String backupBackupDest() {
    return values.getOrDefault(BACKUP_BACKUP_DEST, "");
  }

  /** Tells whether a directory has held a primary backup before. */
  boolean wasUsed(String directory) {
    return usedDirectories.contains(directory);
  }

  /** Tells whether these options cut the primary archive into pieces. */
  static boolean cutsPieces(String option) {
    Matcher matcher = PIECES.matcher(option);
    return matcher.find() && Long.parseLong(matcher.group(1)) > 0;
  }

  boolean cutsPieces() {
    return cutsPieces(values.getOrDefault(BACKUP_DEST_OPTION, ""));
  }

  /** Returns half the checkpoint interval where the option sets one (docs/oceanbase.md#timing). */
  Duration pieceIdle() {
    Matcher matcher = CHECKPOINT.matcher(values.getOrDefault(BACKUP_BACKUP_DEST_OPTION, ""));
    if (!matcher.find()) {
      return idleWithoutOption;
    }
    return duration(matcher).dividedBy(2);
  }

  /** Returns how long the backup-set scheduler idles. */
  Duration setIdle() {
    return setIdle;
  }

  /** Sets how long the backup-set scheduler idles; tells whether the value is a time above 10 s. */
  boolean setIdle(String value) {
    Matcher matcher = IDLE.matcher(value);
    if (!matcher.matches() || duration(matcher).compareTo(SHORTEST_IDLE) < 0) {
      return false;
    }
    setIdle = duration(matcher);
    return true;
  }

  private static Duration duration(Matcher matcher) {
    long seconds =
        switch (matcher.group(2)) {
          case "m" -> 60;
          case "h" -> 3600;
          default -> 1;
        };
    return Duration.ofSeconds(seconds * Long.parseLong(matcher.group(1)));
  }
}
