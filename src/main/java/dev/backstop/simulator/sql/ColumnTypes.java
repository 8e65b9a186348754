package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates types and values between the simulated tables, the engine and the protocol. */
final class ColumnTypes {

  private static final int LONGEST = 65_535;

  /** What the server calls the table behind every SHOW. */
  private static final String SHOWN = "subquery_alias";

  private static final int FLOATING_LENGTH = 23;
  private static final int FLOATING_DECIMALS = 31;
  private static final int SMALLEST_PLAIN = 15;
  private static final int ENDLESS_SCALE = 20;
  private static final int QUOTIENT_DIGITS = 4;

  private ColumnTypes() {}

  /** Returns the engine's type for a declared one. */
  static String engineType(String declared) {
    String type = declared.toLowerCase(Locale.ROOT);
    if (type.startsWith("bigint") || type.startsWith("int") || type.startsWith("tinyint")) {
      return "BIGINT";
    }
    if (type.startsWith("decimal")) {
      return type;
    }
    if (type.startsWith("timestamp") || type.startsWith("datetime")) {
      return "TIMESTAMP(" + (type.contains("(") ? type.replaceAll("[^0-9]", "") : "0") + ")";
    }
    if (type.startsWith("double")) {
      return "DOUBLE PRECISION";
    }
    return "VARCHAR";
  }

  /**
   * Describes a column of a result.
   *
   * @param tables the tables in use, by the engine's name
   */
  static ResultTable.Column column(
      ResultSetMetaData meta, int index, String label, Map<String, Table> tables)
      throws SQLException {
    String schema = meta.getSchemaName(index);
    Table table = tables.get(Engine.key(schema, meta.getTableName(index)));
    String name = meta.getColumnName(index);
    Table.Column declared = null;
    if (table != null) {
      declared =
          table.columns().stream()
              .filter(column -> column.name().equalsIgnoreCase(name))
              .findFirst()
              .orElse(null);
    }
    ResultTable.Type type = type(meta.getColumnType(index), declared);
    int decimals = decimals(meta, index, type);
    int length = length(declared == null ? "" : declared.type(), meta.getPrecision(index), type);
    if (table == null || declared == null) {
      boolean nullable = meta.isNullable(index) != ResultSetMetaData.columnNoNulls;
      return new ResultTable.Column("", "", "", label, type, length, decimals, nullable);
    }
    boolean show = table.schema().equals(TextTable.SHOW);
    return new ResultTable.Column(
        show ? "" : table.schema(),
        show ? SHOWN : table.name(),
        show ? shownName(declared.name()) : declared.name(),
        label,
        type,
        length,
        decimals,
        declared.nullable());
  }

  /** Returns the name behind a label of SHOW that tells of user, database or pattern. */
  private static String shownName(String label) {
    return label.startsWith("Tables_in_")
        ? "table_name"
        : label.startsWith("Grants for ") ? "grants" : label.replaceFirst(" \\(.*", "");
  }

  private static ResultTable.Type type(int engineType, Table.@Nullable Column declared) {
    return switch (engineType) {
      case Types.BOOLEAN, Types.BIT -> ResultTable.Type.INT;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ResultTable.Type.BIGINT;
      case Types.NUMERIC, Types.DECIMAL -> ResultTable.Type.DECIMAL;
      case Types.DOUBLE, Types.FLOAT, Types.REAL -> ResultTable.Type.DOUBLE;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          declared != null && declared.type().toLowerCase(Locale.ROOT).startsWith("timestamp")
              ? ResultTable.Type.TIMESTAMP
              : ResultTable.Type.DATETIME;
      case Types.DATE -> ResultTable.Type.DATE;
      case Types.TIME -> ResultTable.Type.TIME;
      case Types.NULL -> ResultTable.Type.NULL;
      default ->
          declared != null && declared.type().equalsIgnoreCase("longtext")
              ? ResultTable.Type.LONGTEXT
              : ResultTable.Type.VARCHAR;
    };
  }

  private static int decimals(ResultSetMetaData meta, int index, ResultTable.Type type)
      throws SQLException {
    return switch (type) {
      case DECIMAL ->
          meta.getScale(index) >= ENDLESS_SCALE ? QUOTIENT_DIGITS : meta.getScale(index);
      case DATETIME, TIMESTAMP, TIME -> Math.min(6, meta.getScale(index));
      case DOUBLE -> FLOATING_DECIMALS;
      case BIGINT, INT, VARCHAR, LONGTEXT, DATE, NULL -> 0;
    };
  }

  /** Returns the most characters of a value; a decimal's sign and point count. */
  private static int length(String declared, int characters, ResultTable.Type type) {
    int[] digits =
        Arrays.stream(declared.replaceAll("[^0-9]+", " ").strip().split(" "))
            .filter(part -> !part.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    int first = digits.length > 0 ? digits[0] : 0;
    return switch (type) {
      case BIGINT -> 20;
      case INT -> 1;
      case DATETIME, TIMESTAMP -> 19 + (first > 0 ? first + 1 : 0);
      case DATE, TIME -> 10;
      case NULL -> 0;
      case DOUBLE -> FLOATING_LENGTH;
      case LONGTEXT -> -1;
      case DECIMAL -> (first > 0 ? first : characters) + (digits.length > 1 ? 2 : 1);
      case VARCHAR -> digits.length > 0 ? first : Math.max(0, Math.min(characters, LONGEST));
    };
  }

  /** Reads one value as the text that MySQL would send. */
  static @Nullable String value(ResultSet rows, int index, ResultTable.Column column, boolean bool)
      throws SQLException {
    return switch (column.type()) {
      case BIGINT, INT -> {
        String number = rows.getString(index);
        yield bool && number != null ? (rows.getBoolean(index) ? "1" : "0") : number;
      }
      case DECIMAL -> decimal(rows.getBigDecimal(index), column.decimals());
      case DOUBLE -> {
        double value = rows.getDouble(index);
        yield rows.wasNull() ? null : floating(value);
      }
      case DATETIME, TIMESTAMP -> {
        LocalDateTime time = rows.getObject(index, LocalDateTime.class);
        yield time == null ? null : Times.spelled(time, column.decimals());
      }
      case DATE -> {
        LocalDate date = rows.getObject(index, LocalDate.class);
        yield date == null ? null : date.toString();
      }
      case TIME -> {
        LocalTime time = rows.getObject(index, LocalTime.class);
        yield time == null
            ? null
            : Times.spelled(time.atDate(LocalDate.EPOCH), column.decimals())
                .substring("1970-01-01 ".length());
      }
      case VARCHAR, LONGTEXT -> {
        Object object = rows.getObject(index);
        yield object instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.UTF_8)
            : rows.getString(index);
      }
      case NULL -> null;
    };
  }

  private static @Nullable String decimal(@Nullable BigDecimal value, int decimals) {
    return value == null ? null : value.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  /** Spells a floating-point number as MySQL does: without a needless point or exponent. */
  static String floating(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (value == 0 || (exponent > -SMALLEST_PLAIN && exponent < SMALLEST_PLAIN)) {
      return value == 0 ? "0" : exact.toPlainString();
    }
    return exact.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }
}
