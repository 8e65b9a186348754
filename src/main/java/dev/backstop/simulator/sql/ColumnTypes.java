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
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates types and values between the simulated tables, the engine and the protocol. */
final class ColumnTypes {

  private static final int LONGEST = 65_535;
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
    if (table == null || declared == null) {
      return new ResultTable.Column(
          "", "", "", label, type, length(meta.getPrecision(index), type), decimals, true);
    }
    return new ResultTable.Column(
        table.schema(),
        table.name(),
        declared.name(),
        label,
        type,
        length(declaredLength(declared.type(), meta.getPrecision(index)), type),
        decimals,
        declared.nullable());
  }

  private static ResultTable.Type type(int engineType, Table.@Nullable Column declared) {
    return switch (engineType) {
      case Types.BOOLEAN, Types.BIT, Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          ResultTable.Type.BIGINT;
      case Types.NUMERIC, Types.DECIMAL -> ResultTable.Type.DECIMAL;
      case Types.DOUBLE, Types.FLOAT, Types.REAL -> ResultTable.Type.DOUBLE;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          declared != null && declared.type().toLowerCase(Locale.ROOT).startsWith("timestamp")
              ? ResultTable.Type.TIMESTAMP
              : ResultTable.Type.DATETIME;
      case Types.DATE -> ResultTable.Type.DATE;
      case Types.TIME -> ResultTable.Type.TIME;
      case Types.NULL -> ResultTable.Type.NULL;
      default -> ResultTable.Type.VARCHAR;
    };
  }

  private static int decimals(ResultSetMetaData meta, int index, ResultTable.Type type)
      throws SQLException {
    return switch (type) {
      case DECIMAL ->
          meta.getScale(index) >= ENDLESS_SCALE ? QUOTIENT_DIGITS : meta.getScale(index);
      case DATETIME, TIMESTAMP, TIME -> Math.min(6, meta.getScale(index));
      case BIGINT, DOUBLE, VARCHAR, DATE, NULL -> 0;
    };
  }

  private static int declaredLength(String declared, int engineLength) {
    String digits = declared.replaceFirst(",.*", "").replaceAll("[^0-9]", "");
    boolean sized = declared.toLowerCase(Locale.ROOT).startsWith("varchar") && !digits.isEmpty();
    return sized ? Integer.parseInt(digits) : engineLength;
  }

  private static int length(int characters, ResultTable.Type type) {
    return switch (type) {
      case BIGINT -> 20;
      case DATETIME, TIMESTAMP -> 26;
      case DATE, TIME -> 10;
      case NULL -> 0;
      case DECIMAL, DOUBLE, VARCHAR -> Math.max(0, Math.min(characters, LONGEST));
    };
  }

  /** Reads one value as the text that MySQL would send. */
  static @Nullable String value(ResultSet rows, int index, ResultTable.Column column, boolean bool)
      throws SQLException {
    return switch (column.type()) {
      case BIGINT -> {
        String number = rows.getString(index);
        yield bool && number != null ? (rows.getBoolean(index) ? "1" : "0") : number;
      }
      case DECIMAL -> decimal(rows.getBigDecimal(index));
      case DOUBLE -> {
        double value = rows.getDouble(index);
        yield rows.wasNull() ? null : floating(value);
      }
      case DATETIME, TIMESTAMP -> {
        LocalDateTime time = rows.getObject(index, LocalDateTime.class);
        yield time == null ? null : timestamp(time, column.decimals());
      }
      case DATE -> {
        LocalDate date = rows.getObject(index, LocalDate.class);
        yield date == null ? null : date.toString();
      }
      case TIME -> {
        LocalTime time = rows.getObject(index, LocalTime.class);
        yield time == null
            ? null
            : timestamp(time.atDate(LocalDate.EPOCH), column.decimals())
                .substring("1970-01-01 ".length());
      }
      case VARCHAR -> {
        Object object = rows.getObject(index);
        yield object instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.UTF_8)
            : rows.getString(index);
      }
      case NULL -> null;
    };
  }

  private static @Nullable String decimal(@Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    return value.scale() < ENDLESS_SCALE
        ? value.toPlainString()
        : value.setScale(QUOTIENT_DIGITS, RoundingMode.HALF_UP).toPlainString();
  }

  private static String timestamp(LocalDateTime time, int decimals) {
    String exact = DateFormats.format(time, "%Y-%m-%d %H:%i:%s.%f");
    int end = exact.indexOf('.') + (decimals == 0 ? 0 : 1 + decimals);
    return exact.substring(0, end);
  }

  private static String floating(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
