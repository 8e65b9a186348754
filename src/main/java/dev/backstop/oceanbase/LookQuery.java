package dev.backstop.oceanbase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Builds a look as one SELECT: a part for each thing to read, the constant row first and another
 * one last, so that a truncated result is not taken for a whole one.
 *
 * <p>All parts have the columns {@code part, n1, n2, t1, t2}, numbers and texts cast so that the
 * types of the UNION agree whatever the server declares. A view is empty only where its part was in
 * the query and the constant row is in the result.
 */
final class LookQuery {

  /** Marks the last row. */
  static final String END = "end";

  private static final String SELECT = "SELECT /*+ READ_CONSISTENCY(STRONG) */ ";
  private static final String NO_NUMBER = "CAST(NULL AS SIGNED)";
  private static final String NO_TEXT = "CAST(NULL AS CHAR)";

  private LookQuery() {}

  /**
   * Returns the SQL.
   *
   * @param parts what to read; the constant row is read in any case
   * @param tenantNames names whose ids to read; names of the tenants of jobs are always read
   */
  static String of(Set<QueryPart> parts, Collection<String> tenantNames) {
    List<String> selects = new ArrayList<>();
    selects.add(constant(parts.contains(QueryPart.CONSTANT)));
    EnumSet<QueryPart> rest = EnumSet.noneOf(QueryPart.class);
    rest.addAll(parts);
    rest.remove(QueryPart.CONSTANT);
    for (QueryPart part : rest) {
      selects.add(select(part, rest, tenantNames));
    }
    selects.add(row(END, NO_NUMBER, NO_NUMBER, NO_TEXT, NO_TEXT));
    return String.join("\nUNION ALL\n", selects);
  }

  /** Returns the constant row, with NULLs where its functions are unknown to the server. */
  private static String constant(boolean hasFunctions) {
    return hasFunctions
        ? row(
            QueryPart.CONSTANT,
            number("effective_tenant_id()"),
            number("unix_timestamp()"),
            text("@@version_comment"),
            text("ob_version()"))
        : row(QueryPart.CONSTANT, NO_NUMBER, NO_NUMBER, NO_TEXT, NO_TEXT);
  }

  private static String select(QueryPart part, Set<QueryPart> all, Collection<String> tenantNames) {
    return switch (part) {
      case CONSTANT -> throw new IllegalArgumentException("the constant row comes first");
      case PARAMETERS -> from(part, NO_NUMBER, NO_NUMBER, text("name"), text("value"));
      case FLAG -> from(part, NO_NUMBER, NO_NUMBER, text("value"), NO_TEXT);
      case SETS, PIECES ->
          from(part, number("JOB_ID"), number("TENANT_ID"), text("STATUS"), text("BACKUP_DEST"));
      case ARCHIVE ->
          from(part, number("TENANT_ID"), number("BACKUP_PIECE_ID"), text("STATUS"), NO_TEXT);
      case TENANTS ->
          from(part, number("tenant_id"), NO_NUMBER, text("tenant_name"), NO_TEXT)
              + "WHERE "
              + tenantCondition(all, tenantNames);
    };
  }

  private static String tenantCondition(Set<QueryPart> all, Collection<String> tenantNames) {
    List<String> conditions = new ArrayList<>();
    if (!tenantNames.isEmpty()) {
      conditions.add(
          new TreeSet<>(tenantNames)
              .stream()
                  .map(LookQuery::literal)
                  .collect(Collectors.joining(", ", "tenant_name IN (", ")")));
    }
    for (QueryPart seen : List.of(QueryPart.SETS, QueryPart.PIECES)) {
      if (all.contains(seen)) {
        conditions.add("tenant_id IN (SELECT TENANT_ID FROM " + seen.source() + ")");
      }
    }
    return conditions.isEmpty() ? "tenant_id = 1" : String.join(" OR ", conditions);
  }

  private static String from(QueryPart part, String n1, String n2, String t1, String t2) {
    return row(part, n1, n2, t1, t2) + " FROM " + part.source() + " " + part.condition();
  }

  private static String row(QueryPart part, String n1, String n2, String t1, String t2) {
    return row(part.word(), n1, n2, t1, t2);
  }

  private static String row(String word, String n1, String n2, String t1, String t2) {
    return SELECT
        + text("'" + word + "'")
        + " AS part, "
        + n1
        + " AS n1, "
        + n2
        + " AS n2, "
        + t1
        + " AS t1, "
        + t2
        + " AS t2";
  }

  private static String number(String expression) {
    return "CAST(" + expression + " AS SIGNED)";
  }

  private static String text(String expression) {
    return "CAST(" + expression + " AS CHAR)";
  }

  /** Quotes a text so that it can't end the literal, whether backslashes escape or not. */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
