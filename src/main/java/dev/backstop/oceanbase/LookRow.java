package dev.backstop.oceanbase;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds one row of a look's answer; what the columns mean is the arm's business.
 *
 * @param arm the word of the arm
 */
record LookRow(
    String arm, @Nullable Long n1, @Nullable Long n2, @Nullable String t1, @Nullable String t2) {

  /**
   * Asks a look's query and reads all of its answer; without rows where its last row is missing, as
   * then others may be missing too.
   */
  static List<LookRow> ask(Connection connection, String query) throws SQLException {
    List<LookRow> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      // A tenant's name may hold braces, which are no JDBC escapes.
      statement.setEscapeProcessing(false);
      try (ResultSet answer = statement.executeQuery(query)) {
        while (answer.next()) {
          String arm = answer.getString("arm");
          rows.add(
              new LookRow(
                  arm == null ? "" : arm,
                  number(answer, "n1"),
                  number(answer, "n2"),
                  answer.getString("t1"),
                  answer.getString("t2")));
        }
      }
    } catch (RuntimeException e) {
      // Some drivers stumble over answers that they don't expect.
      throw new SQLException("the answer could not be understood", e);
    }
    return whole(rows);
  }

  private static List<LookRow> whole(List<LookRow> rows) throws SQLException {
    List<LookRow> told = rows.stream().filter(row -> !row.arm.equals(LookQuery.END)).toList();
    if (told.stream().anyMatch(row -> !Arm.isWord(row.arm))) {
      throw new SQLException("the answer has a row that was not asked for");
    }
    return told.size() == rows.size() - 1 ? told : List.of();
  }

  private static @Nullable Long number(ResultSet answer, String column) throws SQLException {
    long value = answer.getLong(column);
    return answer.wasNull() ? null : value;
  }

  boolean isOf(Arm wanted) {
    return arm.equals(wanted.word());
  }
}
