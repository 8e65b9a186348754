package dev.backstop.config;

import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.config.Node.Mapping;
import dev.backstop.policy.Mode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code conf/backstop.yaml}; reads no password, only where it lies. */
public final class ConfReader {

  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final ValueType<Mode> MODE = ValueTypes.word(Mode.values(), Mode::word);
  private static final ValueType<Tls.Mode> TLS_MODE =
      ValueTypes.word(
          Tls.Mode.values(), mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));

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
    Settings settings = problems.guard(() -> settings(file, bytes, problems));
    return problems.isEmpty() && settings != null
        ? new ConfReading(settings, List.of())
        : new ConfReading(null, problems.sorted());
  }

  private static ConfReading unreadable(Path file, String words) {
    return new ConfReading(null, List.of(new Problem(file.toString(), 1, 1, words)));
  }

  private @Nullable Settings settings(Path file, byte[] bytes, Problems problems) {
    Mapping root = YamlFile.read(bytes, problems).root();
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
    section.requireEmptyList(
        "notifications",
        "are not there yet in this version: leave the list empty, and alert on the metrics");
    List<ClusterSettings> clusters = clusters(section, base);
    return state == null
        ? null
        : new Settings(
            file.toAbsolutePath().normalize(),
            daemon,
            mode,
            folder,
            reconcile,
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
      return new StateSettings(url, section.find("user", ValueTypes::text), secret(section, base));
    }
    for (String key : List.of("user", "passwordFile", "passwordEnv")) {
      if (section.has(key)) {
        section.refuseKey(
            key, "state." + key + " is for MySQL: take it away, or give a url jdbc:mysql://...");
      }
    }
    return new StateSettings(url, null, null);
  }

  /** Returns where a password lies; null where that is missing or malformed, which is noted. */
  private static @Nullable Secret secret(Section section, Path base) {
    section.refuseBoth("passwordFile", "passwordEnv");
    if (section.has("passwordFile")) {
      return section.find("passwordFile", text -> ConfValues.passwordFile(text, base));
    }
    if (!section.has("passwordEnv") && !section.hasRefused("password")) {
      section.refuseMissing("passwordFile");
    }
    return section.find("passwordEnv", ConfValues::passwordVariable);
  }

  private static List<ClusterSettings> clusters(Section section, Path base) {
    Section clusters = section.findSection("clusters");
    if (clusters == null) {
      return List.of();
    }
    if (clusters.names().isEmpty()) {
      section.refuseValue("clusters", "is empty; describe at least one cluster");
    }
    List<ClusterSettings> read = new ArrayList<>();
    Map<Expect, String> expected = new HashMap<>();
    for (String name : clusters.names()) {
      if (!ValueTypes.isName(name)) {
        clusters.refuseKey(name, "a cluster's name " + ValueTypes.notAName(name));
      }
      Section inner = clusters.named(name);
      ClusterSettings cluster = inner == null ? null : cluster(name, inner, base);
      Expect expect = cluster == null ? null : cluster.expect();
      String other = expect == null ? null : expected.putIfAbsent(expect, name);
      if (other != null) {
        clusters.refuseKey(
            name,
            "clusters "
                + other
                + " and "
                + name
                + " have the same expect; one of them is not the cluster it says, or both are one");
      }
      if (cluster != null) {
        read.add(cluster);
      }
    }
    return read;
  }

  private static @Nullable ClusterSettings cluster(String name, Section section, Path base) {
    Set<Endpoint> endpoints =
        section.list("endpoints", ConfValues::server, "name at least one host:port");
    String user = section.find("user", ValueTypes::text);
    Secret password = secret(section, base);
    Tls tls = tls(section.findSection("tls"), base);
    Expect expect = expect(section.findSection("expect"));
    Duration connect = section.get("connectTimeout", ValueTypes::timeout);
    Duration statement = section.get("statementTimeout", ValueTypes::timeout);
    if (endpoints == null || endpoints.isEmpty() || user == null || password == null) {
      return null;
    }
    return new ClusterSettings(
        name, List.copyOf(endpoints), user, password, tls, expect, connect, statement);
  }

  private static Tls tls(@Nullable Section section, Path base) {
    Tls.Mode mode = section == null ? null : section.find("mode", TLS_MODE);
    if (section == null || mode == null) {
      return new Tls(Tls.Mode.DISABLED, null);
    }
    boolean isVerified = mode == Tls.Mode.VERIFY_CA || mode == Tls.Mode.VERIFY_FULL;
    if (section.has("ca") && !isVerified) {
      section.refuseKey("ca", "tls.ca is only looked at with mode verify-ca or verify-full");
    }
    return new Tls(mode, section.find("ca", text -> ValueTypes.path(text, base)));
  }

  private static @Nullable Expect expect(@Nullable Section section) {
    String name = section == null ? null : section.find("name", ValueTypes::text);
    Long id = section == null ? null : section.find("id", ValueTypes.number(1, Long.MAX_VALUE));
    return name == null || id == null ? null : new Expect(name, id);
  }
}
