package dev.backstop.config;

import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.policy.Mode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code conf/backstop.yaml}; reads no password, only where it lies. */
public final class ConfReader {

  private static final FolderSettings FOLDER =
      new FolderSettings(Path.of("policies"), Duration.ofMillis(500), Duration.ofSeconds(30), 5);
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final int PARALLELISM = 16;
  private static final HistorySettings HISTORY =
      new HistorySettings(Duration.ofDays(400), 1L << 30);
  private static final HttpSettings HTTP = new HttpSettings("127.0.0.1", 9466);

  private final String host;
  private final ZoneId zone;

  /** Reads with the host's name and the system's time zone as defaults. */
  public ConfReader(String host, ZoneId zone) {
    this.host = host;
    this.zone = zone;
  }

  /** Reads a file; never throws for what it is or holds. */
  public ConfReading read(Path file) {
    try {
      return read(file, BoundedFile.read(file));
    } catch (NoSuchFileException missing) {
      return unreadable(
          file, "there is no such file; name the configuration with --conf FILE, or write one");
    } catch (IOException failed) {
      return unreadable(file, BoundedFile.words(failed));
    }
  }

  /**
   * Reads the bytes of a file; never throws for what they are.
   *
   * @param file where they come from; relative paths within are relative to the folder that holds
   *     the file's folder
   */
  public ConfReading read(Path file, byte[] bytes) {
    Problems problems = new Problems(file.toString());
    Settings settings = ContentBoundary.within(problems, () -> settings(file, bytes, problems));
    return problems.isEmpty() && settings != null
        ? new ConfReading(settings, List.of())
        : new ConfReading(null, problems.sorted());
  }

  private static ConfReading unreadable(Path file, String words) {
    return new ConfReading(null, List.of(new Problem(file.toString(), 1, 1, words)));
  }

  private @Nullable Settings settings(Path file, byte[] bytes, Problems problems) {
    MappingNode root = YamlDocument.read(bytes, problems).root();
    return root == null ? null : settings(Section.of(root, "", Keys.CONF, problems), file);
  }

  private @Nullable Settings settings(Section section, Path file) {
    Path base = base(file);
    String daemon = section.value("daemon", Values::name, host);
    Mode mode =
        section.value("mode", Values.word(List.of(Mode.values()), Mode::word), Mode.ENFORCE);
    FolderSettings folder =
        folder(section.section("policies", Keys.POLICIES, "{settle: 500ms}"), base);
    ReconcileSettings rhythm = rhythm(section.section("reconcile", Keys.RECONCILE, "{every: 30s}"));
    StateSettings state =
        StateText.read(
            section.section("state", Keys.STATE, "{url: \"jdbc:sqlite:state/backstop.db\"}"), base);
    HistorySettings history = history(section.section("history", Keys.HISTORY, "{maxAge: 400d}"));
    HttpSettings http = http(section.section("http", Keys.HTTP, "{listen: \"127.0.0.1:9466\"}"));
    refuseNotifications(section);
    List<ClusterSettings> clusters = clusters(section, base);
    return state == null
        ? null
        : new Settings(
            file.toAbsolutePath().normalize(),
            daemon,
            mode,
            folder,
            rhythm,
            state,
            history,
            http,
            clusters);
  }

  /** Returns the folder that holds {@code conf/}. */
  private static Path base(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is not a file's name");
    }
    Path above = folder.getParent();
    return above == null ? folder : above;
  }

  private static FolderSettings folder(@Nullable Section section, Path base) {
    Path directory = base.resolve(FOLDER.directory().toString());
    if (section == null) {
      return new FolderSettings(
          directory, FOLDER.settle(), FOLDER.deletionGrace(), FOLDER.maxStopsAtOnce());
    }
    return new FolderSettings(
        section.value(
            "directory",
            text -> PathText.read(text, base, "a folder, not " + Values.quote(text)),
            directory),
        section.value("settle", Values.duration(Duration.ofMillis(1)), FOLDER.settle()),
        section.value("deletionGrace", Values.duration(Duration.ZERO), FOLDER.deletionGrace()),
        section
            .value("maxStopsAtOnce", Values.number(0, 1_000_000), (long) FOLDER.maxStopsAtOnce())
            .intValue());
  }

  private ReconcileSettings rhythm(@Nullable Section section) {
    if (section == null) {
      return new ReconcileSettings(EVERY, zone, PARALLELISM);
    }
    return new ReconcileSettings(
        section.value("every", Values.duration(Duration.ofSeconds(1)), EVERY),
        section.value("timezone", Values::zone, zone),
        section.value("parallelism", Values.number(1, 1000), (long) PARALLELISM).intValue());
  }

  private static HistorySettings history(@Nullable Section section) {
    if (section == null) {
      return HISTORY;
    }
    return new HistorySettings(
        section.value("maxAge", Values.duration(Duration.ofMillis(1)), HISTORY.maxAge()),
        section.value("maxSize", Values::size, HISTORY.maxSizeBytes()));
  }

  private static HttpSettings http(@Nullable Section section) {
    HostPort listen = section == null ? null : section.value("listen", HostPort::listen);
    return listen == null ? HTTP : new HttpSettings(listen.host(), listen.port());
  }

  private static void refuseNotifications(Section section) {
    List<Node> items = section.list("notifications", "[]");
    if (items != null && !items.isEmpty()) {
      section.problemAtValue(
          "notifications",
          "are not there yet in this version: leave the list empty, and alert on the metrics");
    }
  }

  private static List<ClusterSettings> clusters(Section section, Path base) {
    section.require(
        "clusters",
        "clusters: {hz-prod: {endpoints: [10.0.0.1:2881], user: root@sys,"
            + " passwordFile: secrets/hz-prod}}");
    Section clusters = section.section("clusters", Keys.NAMES, "{hz-prod: {...}}");
    if (clusters == null) {
      return List.of();
    }
    if (clusters.keys().isEmpty()) {
      section.problemAtValue("clusters", "is empty; describe at least one cluster");
    }
    List<ClusterSettings> read = new ArrayList<>();
    Map<Expect, String> expected = new HashMap<>();
    for (String name : clusters.keys()) {
      if (!Values.NAME.matcher(name).matches()) {
        clusters.problemAtKey(
            name,
            "a cluster's name must be 1 to 64 letters, digits, dots, underscores and hyphens, not "
                + Values.quote(name));
      }
      Section inner = clusters.section(name, Keys.CLUSTER, "{endpoints: [...], user: root@sys}");
      ClusterSettings cluster = inner == null ? null : ClusterText.read(name, inner, base);
      if (cluster != null) {
        read.add(cluster);
        refuseSameExpect(clusters, cluster, expected);
      }
    }
    return read;
  }

  private static void refuseSameExpect(
      Section clusters, ClusterSettings cluster, Map<Expect, String> expected) {
    Expect expect = cluster.expect();
    String other = expect == null ? null : expected.putIfAbsent(expect, cluster.name());
    if (other != null) {
      clusters.problemAtKey(
          cluster.name(),
          "clusters "
              + other
              + " and "
              + cluster.name()
              + " have the same expect; one of them is not the cluster it says, or both are one");
    }
  }
}
