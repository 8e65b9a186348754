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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        Rows.records(
            connection,
            "SELECT name, body FROM policy ORDER BY name",
            RecordFormat.KNOWN_POLICY::read);
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

  /**
   * Writes the registry where its revision is still that one.
   *
   * @param before what the rows hold at that revision, so that only those that differ are written;
   *     null where that is not known, and all are
   */
  static boolean write(
      Connection connection,
      PolicyRegistry registry,
      long revision,
      @Nullable PolicyRegistry before)
      throws SQLException {
    if (Counter.REGISTRY.read(connection) != revision) {
      return false;
    }
    Counter.REGISTRY.add(connection, 1);
    Rows.write(
        connection,
        "UPDATE book SET directory_identity = ? WHERE id = 1",
        registry.directoryIdentity());
    Map<String, List<KnownPolicy>> changed = registry.byName();
    if (before == null) {
      Rows.write(connection, "DELETE FROM policy");
    } else {
      changed = differing(registry.byName(), before.byName());
      Set<String> stale = differing(before.byName(), registry.byName()).keySet();
      Rows.writeAll(
          connection,
          "DELETE FROM policy WHERE name = ?",
          stale.stream().map(name -> new Object[] {Rows.key(name)}).toList());
    }
    Rows.writeAll(
        connection,
        "INSERT INTO policy (name, cluster, presence, body) VALUES (?, ?, ?, ?)",
        changed.values().stream().map(RegistryTable::row).toList());
    writeStrays(connection, registry);
    return true;
  }

  /** Returns a registry as it is read once it was written over another. */
  static PolicyRegistry asStored(PolicyRegistry written, PolicyRegistry before) {
    // In their order, as thousands are sorted fast where nearly all are.
    Map<String, List<KnownPolicy>> byName = new LinkedHashMap<>(before.byName());
    byName.keySet().retainAll(written.byName().keySet());
    differing(written.byName(), before.byName())
        .forEach(
            (name, clusters) ->
                byName.put(
                    name,
                    RecordFormat.KNOWN_POLICY.read(
                        name, RecordFormat.KNOWN_POLICY.write(clusters))));
    List<StrayFile> strays =
        written.strays().stream()
            .map(
                stray ->
                    RecordFormat.STRAY_FILE.read(
                        stray.file(), RecordFormat.STRAY_FILE.write(stray)))
            .toList();
    return new PolicyRegistry(
        byName.values().stream().flatMap(List::stream).toList(),
        strays,
        written.directoryIdentity());
  }

  /** Returns the policies that are not the same, or not there, in another registry. */
  private static Map<String, List<KnownPolicy>> differing(
      Map<String, List<KnownPolicy>> all, Map<String, List<KnownPolicy>> other) {
    Map<String, List<KnownPolicy>> differing = new LinkedHashMap<>();
    all.forEach(
        (name, clusters) -> {
          if (!clusters.equals(other.get(name))) {
            differing.put(name, clusters);
          }
        });
    return differing;
  }

  private static void writeStrays(Connection connection, PolicyRegistry registry)
      throws SQLException {
    Rows.write(connection, "DELETE FROM stray_file");
    Rows.writeAll(
        connection,
        "INSERT INTO stray_file (file, body) VALUES (?, ?)",
        registry.strays().stream()
            .map(
                stray ->
                    new Object[] {Rows.key(stray.file()), RecordFormat.STRAY_FILE.write(stray)})
            .toList());
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
