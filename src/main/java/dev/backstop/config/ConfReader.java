package dev.backstop.config;

import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.Node.Mapping;
import dev.backstop.policy.Mode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code conf/backstop.yaml}; reads no password, only where it lies. */
public final class ConfReader {

  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final ValueType<Mode> MODE = ValueTypes.word(Mode.values(), Mode::word);

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
      return read(file, BoundedFile.read(file, SizeLimit.CONF.bytes()));
    } catch (NoSuchFileException missing) {
      return unreadable(
          file, "there is no such file; name the configuration with --conf FILE, or write one");
    } catch (IOException failed) {
      return unreadable(file, BoundedFile.words(failed));
    }
  }

  /**
   * Reads the bytes of a file and the files that it includes; never throws for what they are.
   *
   * @param file where they come from; relative paths within are relative to the folder that holds
   *     the file's folder
   */
  public ConfReading read(Path file, byte[] bytes) {
    Problems problems = new Problems(file.toString());
    IncludedFiles included = new IncludedFiles(file, SizeLimit.CONF.after(bytes.length));
    Settings settings = problems.guard(() -> settings(file, bytes, included, problems));
    List<Problem> all = new ArrayList<>(problems.sorted());
    all.addAll(included.problems());
    return all.isEmpty() && settings != null
        ? new ConfReading(settings, List.of())
        : new ConfReading(null, all);
  }

  private static ConfReading unreadable(Path file, String words) {
    return new ConfReading(null, List.of(new Problem(file.toString(), 1, 1, words)));
  }

  private @Nullable Settings settings(
      Path file, byte[] bytes, IncludedFiles included, Problems problems) {
    Mapping root = YamlFile.read(bytes, SizeLimit.CONF, problems).root();
    if (root == null) {
      return null;
    }
    Path base = base(file);
    Section section = new Section(root, "", Description.CONF, problems);
    String daemon = section.get("daemon", ValueTypes::name, host);
    Mode mode = section.get("mode", MODE);
    FolderSettings folder = folder(section.section("policies"), base);
    ReconcileSettings reconcile = reconcile(section.section("reconcile"));
    StateSettings state = state(section.section("state"), base);
    HistorySettings history = history(section.section("history"));
    Endpoint listen = section.section("http").get("listen", ConfValues::listen);
    HttpSettings http = new HttpSettings(listen.host(), listen.port());
    List<NotificationSettings> notifications = NotificationReader.read(section, base);
    List<ClusterSettings> clusters = clusters(section, base, included, problems);
    return state == null
        ? null
        : new Settings(
            file.toAbsolutePath().normalize(),
            included.files(),
            daemon,
            mode,
            folder,
            reconcile,
            state,
            history,
            http,
            notifications,
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

  private static FolderSettings folder(Section section, Path base) {
    return new FolderSettings(
        section.get("directory", text -> ValueTypes.path(text, base)),
        section.get("settle", ValueTypes.duration(MILLISECOND)),
        section.get("deletionGrace", ValueTypes.duration(Duration.ZERO)),
        section.get("maxStopsAtOnce", ValueTypes.number(0, 1_000_000)).intValue());
  }

  private ReconcileSettings reconcile(Section section) {
    return new ReconcileSettings(
        section.get("every", ValueTypes.duration(Duration.ofSeconds(1))),
        section.get("timezone", Zones::read, zone),
        section.has("timezone"),
        section.get("parallelism", ValueTypes.number(1, 1000)).intValue());
  }

  private static HistorySettings history(Section section) {
    return new HistorySettings(
        section.get("maxAge", ValueTypes.duration(MILLISECOND)),
        section.get("maxSize", ValueTypes::size));
  }

  private static @Nullable StateSettings state(Section section, Path base) {
    ValueType<String> type = text -> ConfValues.storeUrl(text, base);
    String url = section.has("url") ? section.find("url", type) : section.get("url", type);
    if (url == null) {
      return null;
    }
    if (!ConfValues.isFile(url)) {
      if (!section.has("user")) {
        section.refuseMissing("user");
      }
      return new StateSettings(
          url, section.find("user", ValueTypes::text), PasswordKeys.read(section, base));
    }
    for (String key : List.of("user", "passwordFile", "passwordEnv")) {
      if (section.has(key)) {
        section.refuseKey(
            key, "state." + key + " is for MySQL: take it away, or give a url jdbc:mysql://...");
      }
    }
    return new StateSettings(url, null, null);
  }

  /** Reads the clusters of the file and of those that it includes. */
  private static List<ClusterSettings> clusters(
      Section section, Path base, IncludedFiles included, Problems problems) {
    ClusterReader reader =
        new ClusterReader(base, ClusterDefaults.read(section.section("clusterDefaults"), base));
    if (!section.has("clusters") && !section.has("include")) {
      section.refuseMissing("clusters");
    }
    reader.read(section);
    included.read(section, base, reader);
    if (reader.isEmpty() && problems.isEmpty() && !included.hasMistakes()) {
      section.refuseValue("include", "brings no cluster, and clusters has none; describe one");
    }
    return reader.clusters();
  }
}
