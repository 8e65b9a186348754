package dev.backstop.oceanbase;

import dev.backstop.observation.ServerText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a look's result, whose columns mean what its part says.
 *
 * @param part the word of the part
 */
record LookRow(
    String part,
    @Nullable Long n1,
    @Nullable Long n2,
    @Nullable ServerText t1,
    @Nullable ServerText t2) {

  /** Numbers of the columns, in the order of every part of {@link LookQuery}. */
  private static final int PART = 1;

  private static final int N1 = 2;
  private static final int N2 = 3;
  private static final int T1 = 4;
  private static final int T2 = 5;

  /** The most rows of a part that count; one more is kept to show that there are more. */
  static final int MAX_ROWS = 10_000;

  /**
   * Executes a query of a look and reads the whole result; no rows where the last row is missing,
   * as others may be missing too.
   */
  static List<LookRow> query(Connection connection, String sql) throws SQLException {
    Map<QueryPart, Integer> counts = new EnumMap<>(QueryPart.class);
    List<LookRow> rows = new ArrayList<>();
    TextPool texts = new TextPool();
    int ends = 0;
    try (Statement statement = StreamingQuery.on(connection);
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        String word = result.getString(PART);
        if (LookQuery.END.equals(word)) {
          ends++;
          continue;
        }
        QueryPart part =
            QueryPart.of(word)
                .orElseThrow(() -> new SQLException("the answer has a row that was not asked for"));
        if (counts.merge(part, 1, Integer::sum) <= MAX_ROWS + 1) {
          rows.add(
              new LookRow(
                  part.word(),
                  number(result, N1),
                  number(result, N2),
                  texts.of(result.getString(T1)),
                  texts.of(result.getString(T2))));
        }
      }
    } catch (RuntimeException e) {
      // The driver fails so on results that it does not expect.
      throw new SQLException("the answer could not be understood", e);
    }
    return ends == 1 ? rows : List.of();
  }

  private static @Nullable Long number(ResultSet result, int column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? null : value;
  }

  boolean isOf(QueryPart other) {
    return part.equals(other.word());
  }
}
