package dev.backstop.config;

import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.config.ClusterSettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the clusters of one file after the other, noting what two of them share. */
final class ClusterReader {

  private final Path base;
  private final ClusterDefaults defaults;
  private final List<ClusterSettings> read = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();
  private final Map<Expect, String> expected = new HashMap<>();

  /**
   * Begins without clusters.
   *
   * @param base what relative paths are relative to
   */
  ClusterReader(Path base, ClusterDefaults defaults) {
    this.base = base;
    this.defaults = defaults;
  }

  /** Returns the clusters of all files that were read. */
  List<ClusterSettings> clusters() {
    return read;
  }

  /** Returns whether any file named a cluster, readable or not. */
  boolean isEmpty() {
    return places.isEmpty();
  }

  /**
   * Reads the key {@code clusters}, where it is there.
   *
   * @param root the whole of a file
   */
  void read(Section root) {
    Section clusters = root.findSection("clusters");
    if (clusters == null) {
      return;
    }
    if (clusters.names().isEmpty()) {
      root.refuseValue("clusters", "is empty; describe at least one cluster");
    }
    for (String name : clusters.names()) {
      if (!ValueTypes.isName(name)) {
        clusters.refuseKey(name, "a cluster's name " + ValueTypes.notAName(name));
      }
      String first = places.putIfAbsent(name, clusters.placeOf(name));
      if (first != null) {
        clusters.refuseKey(
            name,
            "cluster " + ValueTypes.quote(name) + " is there already, in " + first + "; keep one");
      }
      Section inner = clusters.named(name);
      ClusterSettings cluster = inner == null ? null : cluster(name, inner);
      if (cluster != null && first == null) {
        requireOwnIdentity(cluster, clusters);
        read.add(cluster);
      }
    }
  }

  private void requireOwnIdentity(ClusterSettings cluster, Section clusters) {
    Expect expect = cluster.expect();
    String other = expect == null ? null : expected.putIfAbsent(expect, cluster.name());
    if (other != null) {
      clusters.refuseKey(
          cluster.name(),
          "clusters "
              + other
              + " and "
              + cluster.name()
              + " have the same expect; one of them is not the cluster it says, or both are one");
    }
  }

  private @Nullable ClusterSettings cluster(String name, Section section) {
    Set<Endpoint> endpoints =
        section.list("endpoints", ConfValues::server, "name at least one host:port");
    String user = user(section);
    Secret password = password(section);
    Tls tls =
        section.has("tls") ? TlsReader.read(section.findSection("tls"), base) : defaults.tls();
    Expect expect = expect(section.findSection("expect"));
    Duration connect =
        section.get("connectTimeout", ValueTypes::timeout, defaults.connectTimeout());
    Duration statement =
        section.get("statementTimeout", ValueTypes::timeout, defaults.statementTimeout());
    if (endpoints == null || endpoints.isEmpty() || user == null || password == null) {
      return null;
    }
    return new ClusterSettings(
        name, List.copyOf(endpoints), user, password.of(name), tls, expect, connect, statement);
  }

  private @Nullable String user(Section section) {
    if (!section.has("user") && !defaults.keys().contains("user")) {
      section.refuseMissing("user");
    }
    String own = section.find("user", ValueTypes::text);
    return own == null ? defaults.user() : own;
  }

  private @Nullable Secret password(Section section) {
    return PasswordKeys.areIn(section) || !defaults.hasPassword()
        ? PasswordKeys.read(section, base)
        : defaults.password();
  }

  private static @Nullable Expect expect(@Nullable Section section) {
    String name = section == null ? null : section.find("name", ValueTypes::text);
    Long id = section == null ? null : section.find("id", ValueTypes.number(1, Long.MAX_VALUE));
    return name == null || id == null ? null : new Expect(name, id);
  }
}
