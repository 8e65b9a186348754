package dev.backstop.daemon;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.PolicyDefaults;
import dev.backstop.config.PolicyReader;
import dev.backstop.config.Settings;
import dev.backstop.folder.TimedFolder;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.Mode;
import dev.backstop.schedule.CronExpressions;
import java.util.Set;
import java.util.stream.Collectors;

/** Creates what reads and judges the policy folder that the settings name. */
public final class PolicyFolders {

  private PolicyFolders() {}

  /** Returns a scanner of the folder. */
  public static TimedFolder open(Settings settings) {
    return new TimedFolder(
        settings.folder().directory(), settings.folder().settle(), reader(settings));
  }

  /** Returns a reader of policy files. */
  public static PolicyReader reader(Settings settings) {
    return new PolicyReader(PolicyDefaults.of(settings), CronExpressions::problem);
  }

  /** Returns how deleted files are judged. */
  public static DeletionSettings deletionSettings(Settings settings) {
    Set<String> observed =
        settings.clusters().stream()
            .filter(cluster -> settings.mode() == Mode.OBSERVE || cluster.expect() == null)
            .map(ClusterSettings::name)
            .collect(Collectors.toSet());
    return new DeletionSettings(
        settings.folder().deletionGrace(), settings.clusterNames(), observed);
  }
}
