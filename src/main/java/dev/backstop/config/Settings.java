package dev.backstop.config;

import dev.backstop.policy.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole of {@code conf/backstop.yaml}, validated, with defaults filled in and paths made
 * absolute.
 *
 * @param file the file it was read from
 * @param includes the files that it includes
 * @param daemon this daemon's name in history and metrics
 * @param mode OBSERVE overrides every policy
 * @param folder where policies are and how they count
 * @param reconcile when to look, for policies that do not say
 * @param state where state is kept
 * @param history how much of it is kept
 * @param http where the pages are served
 * @param notifications who is told of transitions, in the order of the file
 * @param clusters every configured cluster, sorted by name
 */
public record Settings(
    Path file,
    List<Path> includes,
    String daemon,
    Mode mode,
    FolderSettings folder,
    ReconcileSettings reconcile,
    StateSettings state,
    HistorySettings history,
    HttpSettings http,
    List<NotificationSettings> notifications,
    List<ClusterSettings> clusters) {

  /** Sorts the clusters by name. */
  public Settings {
    includes = List.copyOf(includes);
    notifications = List.copyOf(notifications);
    clusters = clusters.stream().sorted(Comparator.comparing(ClusterSettings::name)).toList();
  }

  /** Lists the keys that only a start takes over and that say something else than before. */
  public List<String> awaitingStart(Settings started) {
    List<String> keys = new ArrayList<>();
    if (!daemon.equals(started.daemon)) {
      keys.add("daemon");
    }
    if (!state.equals(started.state)) {
      keys.add("state");
    }
    if (!http.equals(started.http)) {
      keys.add("http");
    }
    return List.copyOf(keys);
  }

  /** Returns the same with what only a start takes over as it was then. */
  public Settings withStartOf(Settings started) {
    return new Settings(
        file,
        includes,
        started.daemon,
        mode,
        folder,
        reconcile,
        started.state,
        history,
        started.http,
        notifications,
        clusters);
  }

  /** Returns a notification by its name. */
  public Optional<NotificationSettings> notification(String name) {
    return notifications.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** Returns the names of the environment variables that hold passwords. */
  public Set<String> passwordVariables() {
    return Stream.concat(
            Stream.ofNullable(state.password()), clusters.stream().map(ClusterSettings::password))
        .filter(password -> password.source() == Secret.Source.ENVIRONMENT)
        .map(Secret::location)
        .collect(Collectors.toSet());
  }

  /** Returns the names of all clusters. */
  public Set<String> clusterNames() {
    return clusters.stream().map(ClusterSettings::name).collect(Collectors.toSet());
  }

  /** Returns a cluster by its name. */
  public Optional<ClusterSettings> cluster(String name) {
    int low = 0;
    int high = clusters.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = clusters.get(middle).name().compareTo(name);
      if (order == 0) {
        return Optional.of(clusters.get(middle));
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return Optional.empty();
  }
}
