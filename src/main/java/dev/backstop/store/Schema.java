package dev.backstop.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings the tables up to this program's version by numbered files; one integer says where. */
final class Schema {

  /** The version that this program reads and writes. */
  static final int LATEST = 1;

  private Schema() {}

  /** Returns the version of the tables; 0 where there are none. */
  static int version(Connection connection) throws SQLException {
    if (!hasTable(connection, "schema_version")) {
      return 0;
    }
    return Rows.first(
            connection, "SELECT version FROM schema_version", row -> row.getInt("version"))
        .orElse(0);
  }

  static boolean hasTable(Connection connection, String name) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(connection.getCatalog(), null, name, null)) {
      return tables.next();
    }
  }

  /** Returns whether tables are missing that an older program did without. */
  static boolean isIncomplete(Connection connection) throws SQLException {
    return !hasTable(connection, "sign_of_life") || !hasTable(connection, "disarming_time");
  }

  /** Says in words why tables of that version can't be used; empty where they can. */
  static Optional<String> mismatch(int version, Access access) {
    String numbers = "(schema %s, this program knows %s)".formatted(version, LATEST);
    if (version > LATEST) {
      return Optional.of("was written by a newer Backstop " + numbers + "; use that program");
    }
    if (version < LATEST && access == Access.READ) {
      return Optional.of(
          "was written by an older Backstop "
              + numbers
              + "; backstop run or backstop apply brings it up to date");
    }
    return Optional.empty();
  }

  /** Applies what is missing, within the caller's transaction. */
  static void migrate(Connection connection) throws SQLException {
    for (int next = version(connection) + 1; next <= LATEST; next++) {
      for (String statement : statements(String.format(Locale.ROOT, "%03d.sql", next))) {
        Rows.write(connection, statement);
      }
      Rows.write(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INT NOT NULL)");
      Rows.write(connection, "DELETE FROM schema_version");
      Rows.write(connection, "INSERT INTO schema_version (version) VALUES (?)", next);
    }
    for (String statement : statements("additions.sql")) {
      Rows.write(connection, statement);
    }
  }

  private static List<String> statements(String name) {
    try (InputStream file = Schema.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the program lacks " + name);
      }
      String sql =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("--"))
              .collect(Collectors.joining("\n"));
      return Stream.of(sql.split(";\n", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the program's " + name + " can't be read", e);
    }
  }
}
