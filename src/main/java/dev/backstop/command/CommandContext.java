package dev.backstop.command;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.text.Globs;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What every command works with.
 *
 * @param settings the settings in force
 * @param clock the wall clock
 * @param verb what the person typed, for messages that name it
 */
public record CommandContext(Settings settings, Clock clock, String verb) {

  /** The most clusters that a message names; a fleet would fill the screen. */
  private static final int MOST_NAMED = 20;

  /** The most characters of a person's name. */
  private static final int MOST_CHARACTERS = 64;

  /** Returns the person who runs the command. */
  public Actor person() {
    return actor(personBehind(System.getenv(), System.getProperty("user.name", "unknown")));
  }

  /** Returns who typed a command: behind sudo the person who called it, not the daemon's user. */
  static String personBehind(Map<String, String> environment, String user) {
    String caller = environment.getOrDefault("SUDO_USER", "").strip();
    return caller.isEmpty() || caller.length() > MOST_CHARACTERS ? user : caller;
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

  /**
   * Returns the clusters asked for, sorted: all of the configuration where none is named.
   *
   * @param asked names and globs
   */
  public List<String> clusters(Set<String> asked) {
    return scope(asked).clusters();
  }

  /** Returns the clusters asked for by names and globs; all of the configuration without any. */
  ClusterScope scope(Set<String> asked) {
    return scope(asked, settings.clusterNames(), this::requireConfigured);
  }

  /**
   * Returns the clusters asked for by names and globs; all of the configuration without any.
   *
   * @param known what a glob can match
   * @param requireKnown throws for a name that is not known
   */
  ClusterScope scope(Set<String> asked, Set<String> known, Consumer<String> requireKnown) {
    if (asked.isEmpty()) {
      return ClusterScope.whole(settings);
    }
    Set<String> clusters = new TreeSet<>();
    for (String name : new TreeSet<>(asked)) {
      if (Globs.isGlob(name)) {
        clusters.addAll(matching(name, known));
      } else {
        if (!known.contains(name)) {
          requireKnown.accept(name);
        }
        clusters.add(name);
      }
    }
    return ClusterScope.of(clusters, settings);
  }

  private List<String> matching(String glob, Set<String> known) {
    Pattern pattern = Globs.pattern(glob);
    List<String> matching =
        known.stream().filter(cluster -> pattern.matcher(cluster).matches()).toList();
    if (matching.isEmpty()) {
      throw unknown("no cluster fits '" + glob + "'");
    }
    return matching;
  }

  /** Throws where the configuration lacks a cluster. */
  void requireConfigured(String cluster) {
    if (settings.cluster(cluster).isEmpty()) {
      throw unknown("there is no cluster " + cluster);
    }
  }

  private BackstopException unknown(String words) {
    List<String> some =
        settings.clusters().stream().map(ClusterSettings::name).limit(MOST_NAMED).toList();
    int more = settings.clusters().size() - some.size();
    return BackstopException.usage(
        "%s in %s; there are: %s%s"
            .formatted(
                words,
                settings.file(),
                String.join(", ", some),
                more == 0 ? "" : " and " + more + " more"));
  }

  /** Returns the mistakes of policy files, {@code file:line:column: message}, sorted. */
  List<String> invalidFiles(PolicyRegistry registry) {
    String folder = settings.folder().directory() + "/";
    Stream<String> unnamed =
        registry.strays().stream().map(stray -> folder + stray.file() + ":" + stray.problem());
    Stream<String> known =
        registry.policies().stream()
            .filter(policy -> policy.phase() == Phase.BROKEN)
            .map(policy -> folder + policy.file() + ":" + policy.problem());
    return Stream.concat(unnamed, known).distinct().sorted().toList();
  }
}
