package dev.backstop.command;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.policy.FileState;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What every command works with.
 *
 * @param settings the settings in force
 * @param clock the wall clock
 * @param verb what the person typed, for messages that name it
 */
public record CommandContext(Settings settings, Clock clock, String verb) {

  /** Returns the person who runs the command. */
  public Actor person() {
    return actor(System.getProperty("user.name", "unknown"));
  }

  /** Returns an actor whose lease no other process shares. */
  Actor actor(String name) {
    String lease = settings.daemon() + "/" + name + "/" + ProcessHandle.current().pid();
    return new Actor(settings.daemon(), name, lease);
  }

  /** Returns the state store as this command may open it. */
  public CommandStore store() {
    return new CommandStore(this);
  }

  /** Returns the clusters asked for, sorted: all of the configuration where none is named. */
  public List<String> clusters(Set<String> asked) {
    List<String> all = settings.clusters().stream().map(ClusterSettings::name).toList();
    Set<String> known = Set.copyOf(all);
    Optional<String> unknown =
        asked.stream().filter(name -> !known.contains(name)).sorted().findFirst();
    if (unknown.isPresent()) {
      throw BackstopException.usage(
          "there is no cluster %s in %s; there are: %s"
              .formatted(unknown.get(), settings.file(), String.join(", ", all)));
    }
    return all.stream().filter(name -> asked.isEmpty() || asked.contains(name)).toList();
  }

  /**
   * Returns whether a held set concerns the clusters asked for. One of a cluster that is not in the
   * configuration always does, as nobody could ask for that cluster.
   */
  boolean isShown(List<String> asked, HeldSet set) {
    Set<String> shown = Set.copyOf(asked);
    return set.clusters().stream()
        .anyMatch(cluster -> shown.contains(cluster) || settings.cluster(cluster).isEmpty());
  }

  /** Returns the mistakes of policy files, {@code file:line:column: message}, sorted. */
  List<String> invalidFiles(PolicyRegistry registry) {
    String folder = settings.folder().directory() + "/";
    Stream<String> unnamed =
        registry.strays().stream().map(stray -> folder + stray.file() + ":" + stray.problem());
    Stream<String> known =
        registry.policies().stream()
            .filter(policy -> policy.presence() == FileState.BROKEN)
            .map(policy -> folder + policy.file() + ":" + policy.problem());
    return Stream.concat(unnamed, known).distinct().sorted().toList();
  }
}
