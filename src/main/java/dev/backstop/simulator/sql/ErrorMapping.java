package dev.backstop.simulator.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the embedded engine's errors into those that OceanBase would send. */
final class ErrorMapping {

  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")*+)\"");

  private ErrorMapping() {}

  /** Returns the failure for a client; words of the engine appear only where none of ours fit. */
  static SqlFailure of(SQLException e, String database, List<Node> statement) {
    String subject = quoted(e);
    return switch (e.getErrorCode()) {
      case 42102, 42103, 42104 -> SqlFailure.unknownTable(database, subject);
      case 42122 -> {
        ColumnMention column = ColumnMention.of(statement, subject);
        yield new SqlFailure(
            1054,
            "42S22",
            "Unknown column '" + column.spelled() + "' in '" + column.clause() + "'");
      }
      case 42000, 42001 -> SqlFailure.syntaxBefore(wordsBehindMark(subject));
      case 90008 -> SqlFailure.syntaxAtEnd();
      case 90059 ->
          new SqlFailure(
              1052,
              "23000",
              "Column '"
                  + ColumnMention.of(statement, subject).spelled()
                  + "' in field list is ambiguous");
      case 90079 -> SqlFailure.unknownDatabase(subject);
      case 90022, 90087 ->
          SqlFailure.unknownFunction(ColumnMention.of(statement, subject).spelled());
      case 90016 -> new SqlFailure(1055, "42000", "'" + subject + "' is not in GROUP BY");
      case 90053 -> new SqlFailure(1242, "21000", "Subquery returns more than 1 row");
      case 21002 ->
          new SqlFailure(
              1222, "21000", "The used SELECT statements have a different number of columns");
      case 57014 -> SqlFailure.interrupted();
      case 22003, 22004 -> new SqlFailure(1690, "22003", "value is out of range");
      case 22007, 22018 -> new SqlFailure(1292, "22007", "Incorrect value: '" + subject + "'");
      default -> new SqlFailure(4016, "HY000", "Internal error: " + firstLine(e));
    };
  }

  private static String quoted(SQLException e) {
    Matcher matcher = QUOTED.matcher(firstLine(e));
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String firstLine(SQLException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    int end = message.indexOf("; SQL statement:");
    return end < 0 ? message : message.substring(0, end);
  }

  /** Counts the words that the engine had not read, which are as many in the source, mostly. */
  private static int wordsBehindMark(String statement) {
    int mark = statement.indexOf("[*]");
    try {
      return mark < 0 ? 0 : Lexer.tokens(statement.substring(mark + 3)).size();
    } catch (SqlFailure e) {
      return 0;
    }
  }
}
