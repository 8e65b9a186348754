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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Migrations of the tables, by numbered files.
 *
 * <p>A file NNN.sql makes version NNN, which programs that know only an earlier one refuse. A file
 * NNN-M.sql only adds tables to that version, which earlier programs ignore: a release can be
 * rolled back over it.
 */
final class Schema {

  /** The version that this program reads and writes. */
  static final int LATEST = 1;

  /** The files that add tables to the latest version, in their order. */
  private static final List<String> ADDITIONS =
      List.of("001-1.sql", "001-2.sql", "001-3.sql", "001-4.sql");

  private static final Pattern ADDED = Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)");

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
    for (String file : ADDITIONS) {
      Matcher added = ADDED.matcher(String.join("\n", statements(file)));
      while (added.find()) {
        if (!hasTable(connection, added.group(1))) {
          return true;
        }
      }
    }
    return false;
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
    for (String file : ADDITIONS) {
      for (String statement : statements(file)) {
        Rows.write(connection, statement);
      }
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
