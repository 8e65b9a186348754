package dev.backstop.config;

import dev.backstop.config.ClusterSettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clusters have that do not say otherwise.
 *
 * @param keys the keys that are there, malformed ones included, so that no cluster is blamed for
 *     their mistakes
 * @param user null where there is none
 * @param password null where there is none; may hold {@code {cluster}}
 * @param tls how connections are protected
 * @param connectTimeout how long one endpoint may take to accept
 * @param statementTimeout how long one statement may take
 */
record ClusterDefaults(
    Set<String> keys,
    @Nullable String user,
    @Nullable Secret password,
    Tls tls,
    Duration connectTimeout,
    Duration statementTimeout) {

  /** Copies the keys. */
  ClusterDefaults {
    keys = Set.copyOf(keys);
  }

  /** Reads {@code clusterDefaults}, noting every mistake; a section without keys is allowed. */
  static ClusterDefaults read(Section section, Path base) {
    return new ClusterDefaults(
        section.names(),
        section.find("user", ValueTypes::text),
        PasswordKeys.find(section, base),
        TlsReader.read(section.findSection("tls"), base),
        section.get("connectTimeout", ValueTypes::timeout),
        section.get("statementTimeout", ValueTypes::timeout));
  }

  /** Returns whether there is a password for every cluster, malformed or not. */
  boolean hasPassword() {
    return keys.stream().anyMatch(key -> key.startsWith("password"));
  }
}
