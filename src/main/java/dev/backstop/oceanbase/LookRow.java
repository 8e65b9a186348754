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
 * Holds one row of a look's answer; what the columns mean is the arm's business.
 *
 * @param arm the word of the arm
 */
record LookRow(
    String arm,
    @Nullable Long n1,
    @Nullable Long n2,
    @Nullable ServerText t1,
    @Nullable ServerText t2) {

  /** The most rows of an arm that are read; of one that has more, one more is kept as a sign. */
  static final int MOST = 10_000;

  /**
   * Asks a look's query and reads all of its answer; without rows where its last row is missing, as
   * then others may be missing too.
   */
  static List<LookRow> ask(Connection connection, String query) throws SQLException {
    Map<QueryPart, Integer> counts = new EnumMap<>(QueryPart.class);
    List<LookRow> rows = new ArrayList<>();
    TextPool texts = new TextPool();
    int ends = 0;
    try (Statement statement = StreamingQuery.on(connection);
        ResultSet answer = statement.executeQuery(query)) {
      while (answer.next()) {
        String word = answer.getString("arm");
        if (LookQuery.END.equals(word)) {
          ends++;
          continue;
        }
        QueryPart arm =
            QueryPart.of(word)
                .orElseThrow(() -> new SQLException("the answer has a row that was not asked for"));
        if (counts.merge(arm, 1, Integer::sum) <= MOST + 1) {
          rows.add(
              new LookRow(
                  arm.word(),
                  number(answer, "n1"),
                  number(answer, "n2"),
                  texts.of(answer.getString("t1")),
                  texts.of(answer.getString("t2"))));
        }
      }
    } catch (RuntimeException e) {
      // Some drivers stumble over answers that they don't expect.
      throw new SQLException("the answer could not be understood", e);
    }
    return ends == 1 ? rows : List.of();
  }

  private static @Nullable Long number(ResultSet answer, String column) throws SQLException {
    long value = answer.getLong(column);
    return answer.wasNull() ? null : value;
  }

  boolean isOf(QueryPart wanted) {
    return arm.equals(wanted.word());
  }
}
