package dev.backstop.simulator.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds one view or internal table as a client may select from it.
 *
 * @param schema the database, {@code oceanbase} for every backup view
 * @param name the name as the server spells it
 * @param columns the columns in the server's order
 * @param rows one list of values a row, in the order of the columns: {@link Long}, {@link
 *     java.math.BigDecimal}, {@link String}, {@link java.time.LocalDateTime} or null
 */
public record Table(
    String schema, String name, List<Column> columns, List<List<@Nullable Object>> rows) {

  /** Copies its lists; rows may hold nulls. */
  public Table {
    columns = List.copyOf(columns);
    List<List<@Nullable Object>> copy = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    rows = Collections.unmodifiableList(copy);
  }

  /**
   * Describes one column.
   *
   * @param name upper case in the backup views
   * @param type the SQL type as the server declares it, such as {@code bigint(20)} or {@code
   *     varchar(64)}
   * @param nullable whether the server declares it nullable
   */
  public record Column(String name, String type, boolean nullable) {}
}
