package dev.backstop.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs single SQL statements; instants are stored as microseconds.
 *
 * <p>What lies beyond the years that these reach, some 290 000 either way, is stored as the last
 * that they do: whatever a person types, it is earlier or later than all that happens.
 */
final class Rows {

  /** Reads one row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static final long MILLION = 1_000_000;
  private static final int LONGEST_KEY = 180;
  private static final int MANY = 1_000;

  /** Control characters and halves of characters. */
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

  /** No blank at its end either, which servers ignore when they compare. */
  private static final Pattern PLAIN =
      Pattern.compile("|(?s:[^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs} ])");

  private Rows() {}

  /** Runs a statement that writes and returns how many rows it matched. */
  static int write(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** Runs a statement for each row of values and returns how many rows each of them matched. */
  static int[] writeAll(Connection connection, String sql, List<? extends @Nullable Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] values : rows) {
        bind(statement, values);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /** Reads all rows. */
  static <T> List<T> list(
      Connection connection, String sql, Reader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    }
  }

  /** One row of a table with a record in each: what the record is named by, and its text. */
  record Body(String name, String text) {}

  /**
   * Reads all records of a table, with as many threads as there are processors where they are many.
   *
   * @param sql selects two columns: what a record is named by, and its text
   */
  static <T> List<T> records(
      Connection connection, String sql, BiFunction<String, String, T> reader) throws SQLException {
    List<Body> bodies = list(connection, sql, row -> new Body(row.getString(1), row.getString(2)));
    Stream<Body> all = bodies.size() < MANY ? bodies.stream() : bodies.parallelStream();
    return all.map(body -> reader.apply(body.name(), body.text())).toList();
  }

  /** Reads the first row, if any. */
  static <T> Optional<T> first(
      Connection connection, String sql, Reader<T> reader, @Nullable Object... values)
      throws SQLException {
    return list(connection, sql, reader, values).stream().findFirst();
  }

  /** Reads an instant; null where the column is. */
  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : instant(micros);
  }

  /** Reads an instant from a column that is never null. */
  static Instant time(ResultSet row, String column) throws SQLException {
    return instant(row.getLong(column));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Counts without nanoseconds, which end in the year 2262. */
  private static long micros(Instant time) {
    try {
      long whole = Math.multiplyExact(time.getEpochSecond(), MILLION);
      return Math.addExact(whole, time.getNano() / 1000);
    } catch (ArithmeticException beyond) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** Returns an instant as it is read once it was stored. */
  static Instant asStored(Instant time) {
    return instant(micros(time));
  }

  /**
   * Returns what a text of any length and kind is found by in a column of 255 characters: itself,
   * or, where a server might refuse it or take two for the same, its beginning and its digest.
   */
  static String key(String text) {
    boolean isPlain = text.length() <= LONGEST_KEY && PLAIN.matcher(text).matches();
    return isPlain ? text : beginning(text) + "~" + digest(text);
  }

  private static String beginning(String text) {
    return UNSAFE
        .matcher(text.substring(0, Math.min(text.length(), LONGEST_KEY / 2)))
        .replaceAll("?");
  }

  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      // An encoding would take all halves of characters for the same.
      ByteBuffer units = ByteBuffer.allocate(2 * text.length());
      text.chars().forEach(unit -> units.putChar((char) unit));
      return HexFormat.of().formatHex(sha.digest(units.array()), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static PreparedStatement prepared(
      Connection connection, String sql, @Nullable Object[] values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      bind(statement, values);
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof Instant time) {
        statement.setLong(i + 1, micros(time));
      } else if (value instanceof Enum<?> choice) {
        statement.setString(i + 1, choice.name());
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }
}
