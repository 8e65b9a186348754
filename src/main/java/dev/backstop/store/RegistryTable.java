package dev.backstop.store;

import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.Actor;
import dev.backstop.state.StoredRegistry;
import dev.backstop.store.format.RecordFormat;
import dev.backstop.store.format.StoredFileState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables of the policy registry, and of the last heartbeat. */
final class RegistryTable {

  private record Head(String directoryIdentity, @Nullable Instant heartbeat) {}

  private RegistryTable() {}

  /**
   * Reads the whole registry as of one revision. Under READ COMMITTED each query sees what was
   * committed last, so a registry that changed meanwhile is read again.
   */
  static StoredRegistry read(Connection connection) throws SQLException {
    while (true) {
      long before = Counter.REGISTRY.read(connection);
      StoredRegistry stored = readOnce(connection);
      if (stored.revision() == before) {
        return stored;
      }
    }
  }

  private static StoredRegistry readOnce(Connection connection) throws SQLException {
    Optional<Head> head =
        Rows.first(
            connection,
            "SELECT directory_identity, heartbeat_at FROM book WHERE id = 1",
            row ->
                new Head(row.getString("directory_identity"), Rows.instant(row, "heartbeat_at")));
    List<List<KnownPolicy>> policies =
        Rows.list(
            connection,
            "SELECT name, body FROM policy ORDER BY name",
            row -> RecordFormat.KNOWN_POLICY.read(row.getString("name"), row.getString("body")));
    List<StrayFile> strays =
        Rows.list(
            connection,
            "SELECT file, body FROM stray_file ORDER BY file",
            row -> RecordFormat.STRAY_FILE.read(row.getString("file"), row.getString("body")));
    return new StoredRegistry(
        new PolicyRegistry(
            policies.stream().flatMap(List::stream).toList(),
            strays,
            head.map(Head::directoryIdentity).orElse("")),
        Counter.REGISTRY.read(connection),
        head.map(Head::heartbeat).orElse(null));
  }

  /** Writes the registry as a whole where its revision is still that one. */
  static boolean write(Connection connection, PolicyRegistry registry, long revision)
      throws SQLException {
    if (Counter.REGISTRY.read(connection) != revision) {
      return false;
    }
    Counter.REGISTRY.add(connection, 1);
    Rows.write(
        connection,
        "UPDATE book SET directory_identity = ? WHERE id = 1",
        registry.directoryIdentity());
    Rows.write(connection, "DELETE FROM policy");
    Rows.writeAll(
        connection,
        "INSERT INTO policy (name, cluster, presence, body) VALUES (?, ?, ?, ?)",
        registry.byName().values().stream().map(RegistryTable::row).toList());
    Rows.write(connection, "DELETE FROM stray_file");
    Rows.writeAll(
        connection,
        "INSERT INTO stray_file (file, body) VALUES (?, ?)",
        registry.strays().stream()
            .map(
                stray ->
                    new Object[] {Rows.key(stray.file()), RecordFormat.STRAY_FILE.write(stray)})
            .toList());
    return true;
  }

  /** One row a policy: the columns beside its name and body are for people. */
  private static Object[] row(List<KnownPolicy> clusters) {
    KnownPolicy known = clusters.get(0);
    return new Object[] {
      Rows.key(known.name()),
      Rows.key(known.policy().cluster()),
      StoredFileState.of(known.phase()),
      RecordFormat.KNOWN_POLICY.write(clusters)
    };
  }

  static Optional<Instant> heartbeat(Connection connection) throws SQLException {
    return Rows.first(
            connection,
            "SELECT heartbeat_at FROM book WHERE id = 1",
            row -> Optional.ofNullable(Rows.instant(row, "heartbeat_at")))
        .flatMap(at -> at);
  }

  /** The last one written is the last one, whatever the clocks of several daemons say. */
  static void heartbeat(Connection connection, Actor actor, Instant now) throws SQLException {
    Rows.write(
        connection,
        "UPDATE book SET heartbeat_at = ?, heartbeat_daemon = ?, heartbeat_by = ? WHERE id = 1",
        now,
        actor.daemon(),
        actor.by());
  }
}
