package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * Wraps one private in-memory database of the embedded SQL engine. It holds copies of the tables
 * that queries named, and nothing of any session, so one engine serves many sessions in turn.
 */
final class Engine implements AutoCloseable {

  private static final String FUNCTION_SCHEMA = "own_functions";

  /** Stands before the name of one of {@link Functions}: its bare name may be the engine's own. */
  static final String FUNCTIONS = FUNCTION_SCHEMA + ".own_";

  /** Stands for MySQL's information_schema, whose name the engine keeps for itself. */
  static final String INFORMATION_SCHEMA = "information_schema_";

  private static final String NO_SCHEMA = "no_database";
  private static final String URL =
      "jdbc:h2:mem:;MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
          + ";NON_KEYWORDS=VALUE,KEY,USER,DAY,HOUR,MINUTE,SECOND,MONTH,YEAR,ROW,OFFSET";

  private final Connection connection;
  private final Map<String, Table> loaded = new HashMap<>();
  private String schema = "";

  private Engine(Connection connection) {
    this.connection = connection;
  }

  /** Starts an empty engine. */
  static Engine open() throws SQLException {
    Connection connection = DriverManager.getConnection(URL, "simulator", "");
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    session.getDatabase().setCompareMode(new GeneralCollation());
    Engine engine = new Engine(connection);
    engine.execute("CREATE SCHEMA " + FUNCTION_SCHEMA);
    for (String function : Functions.NAMES) {
      engine.execute(
          "CREATE ALIAS "
              + FUNCTIONS
              + function
              + " FOR '"
              + Functions.class.getName()
              + "."
              + function
              + "'");
    }
    return engine;
  }

  /** Returns the key of a table, whatever the spelling of its names. */
  static String key(String schema, String table) {
    return (engineSchema(schema) + "." + table).toLowerCase(Locale.ROOT);
  }

  private static String engineSchema(String schema) {
    return schema.equalsIgnoreCase(InformationSchema.NAME) ? INFORMATION_SCHEMA : schema;
  }

  /** Makes the engine's copies of these tables equal to them. */
  void load(Collection<Table> tables) throws SQLException {
    for (Table table : tables) {
      String key = key(table.schema(), table.name());
      Table present = loaded.get(key);
      if (table.equals(present)) {
        continue;
      }
      loaded.remove(key);
      String name = Literals.name(engineSchema(table.schema())) + "." + Literals.name(table.name());
      if (present != null && present.columns().equals(table.columns())) {
        execute("TRUNCATE TABLE " + name);
      } else {
        create(table, name);
      }
      insert(table, name);
      loaded.put(key, table);
    }
  }

  private void create(Table table, String name) throws SQLException {
    execute("CREATE SCHEMA IF NOT EXISTS " + Literals.name(engineSchema(table.schema())));
    execute("DROP TABLE IF EXISTS " + name);
    List<String> columns = new ArrayList<>();
    for (Table.Column column : table.columns()) {
      columns.add(Literals.name(column.name()) + " " + ColumnTypes.engineType(column.type()));
    }
    execute("CREATE TABLE " + name + "(" + String.join(", ", columns) + ")");
  }

  private void insert(Table table, String name) throws SQLException {
    if (table.rows().isEmpty()) {
      return;
    }
    String marks = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")")) {
      for (List<@Nullable Object> row : table.rows()) {
        for (int i = 0; i < row.size(); i++) {
          insert.setObject(i + 1, row.get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Sets where unqualified names are looked up; empty for nowhere. */
  void use(String database) throws SQLException {
    String wanted = database.isEmpty() ? NO_SCHEMA : engineSchema(database);
    if (!wanted.equals(schema)) {
      execute("CREATE SCHEMA IF NOT EXISTS " + Literals.name(wanted));
      execute("SET SCHEMA " + Literals.name(wanted));
      schema = wanted;
    }
  }

  /**
   * Runs a query in the engine's own dialect.
   *
   * @param labels one for each item of the select list, null for a star, which leaves them open
   * @param limit the most rows to answer, 0 for all
   */
  ResultTable query(String sql, List<@Nullable String> labels, int limit) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(limit);
      try (ResultSet rows = statement.executeQuery(sql)) {
        return read(rows, labels);
      }
    }
  }

  private ResultTable read(ResultSet result, List<@Nullable String> labels) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    int count = meta.getColumnCount();
    List<ResultTable.Column> columns = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String label = label(labels, i - 1, count);
      columns.add(
          ColumnTypes.column(meta, i, label == null ? meta.getColumnLabel(i) : label, loaded));
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (result.next()) {
      List<@Nullable String> row = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        boolean bool = meta.getColumnType(i) == Types.BOOLEAN;
        row.add(ColumnTypes.value(result, i, columns.get(i - 1), bool));
      }
      rows.add(row);
    }
    return new ResultTable(columns, rows);
  }

  /** Counts from both ends around one star; with several stars nobody knows. */
  private static @Nullable String label(List<@Nullable String> labels, int index, int columns) {
    int star = labels.indexOf(null);
    if (star < 0) {
      return index < labels.size() ? labels.get(index) : null;
    }
    if (star != labels.lastIndexOf(null)) {
      return null;
    }
    int fromEnd = labels.size() - (columns - index);
    return index < star ? labels.get(index) : fromEnd > star ? labels.get(fromEnd) : null;
  }

  /** Tells the names and the engine's types of a query's columns without running it. */
  List<Shape> shape(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSetMetaData meta = statement.getMetaData();
      List<Shape> shape = new ArrayList<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        shape.add(new Shape(meta.getColumnLabel(i), meta.getColumnType(i)));
      }
      return shape;
    }
  }

  /** Describes one column of a query: its label and its {@link Types}. */
  record Shape(String label, int type) {

    boolean isText() {
      return type == Types.VARCHAR || type == Types.CHAR || type == Types.LONGVARCHAR;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
