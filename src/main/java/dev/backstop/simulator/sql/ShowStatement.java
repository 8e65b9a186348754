package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers SHOW and DESCRIBE from small tables, filtered by LIKE or WHERE as any other. */
final class ShowStatement {

  private static final Set<String> MODIFIERS =
      Set.of("FULL", "EXTENDED", "GLOBAL", "SESSION", "LOCAL");

  private final SessionState session;
  private final Queries queries;

  ShowStatement(SessionState session, Queries queries) {
    this.session = session;
    this.queries = queries;
  }

  /** Answers from the words behind SHOW. */
  Answer run(List<Node> words) throws SqlFailure {
    List<Node> plain = new ArrayList<>(words);
    boolean full = false;
    while (!plain.isEmpty() && MODIFIERS.contains(Node.keyword(plain.get(0)))) {
      full |= Node.isWord(plain.remove(0), "FULL");
    }
    if (plain.isEmpty()) {
      throw SqlFailure.syntaxAtEnd();
    }
    String subject = Node.keyword(plain.get(0));
    if (subject.equals("PARAMETERS")) {
      // SHOW needs no right on the table behind it, unlike a SELECT from it.
      Optional<Answer> refused =
          Queries.refusal(
              session.cluster().look(List.of("parameters"), session.account().tenant()).reply());
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    Table table = table(subject, plain, full);
    return Answer.rows(queries.filtered(table, condition(plain, likeColumn(subject, table))));
  }

  /** Answers DESCRIBE of one table. */
  Answer describe(List<Node> name) throws SqlFailure {
    return Answer.rows(queries.filtered(columns(QualifiedName.of(name), false), List.of()));
  }

  private Table table(String subject, List<Node> words, boolean full) throws SqlFailure {
    return switch (subject) {
      case "PARAMETERS" -> session.cluster().locked(ServerParameters::show);
      case "VARIABLES" -> variables();
      case "TABLES" -> tables(words, full);
      case "COLUMNS", "FIELDS" -> columns(QualifiedName.behindFrom(words), full);
      case "INDEX", "INDEXES", "KEYS" -> ShowConstants.INDEXES;
      case "DATABASES", "SCHEMAS" -> databases(words);
      case "TENANT" ->
          TextTable.show().text(128, "Current_tenant_name").row(session.account().tenant()).build();
      case "PROCESSLIST" -> processes();
      case "WARNINGS" -> session.diagnostics().show(false);
      case "ERRORS" -> session.diagnostics().show(true);
      case "STATUS" -> status();
      case "COLLATION" -> ShowConstants.COLLATIONS;
      case "CHARSET", "CHARACTER" -> ShowConstants.CHARACTER_SETS;
      case "GRANTS" -> grants();
      case "ENGINES",
          "TABLE",
          "CREATE",
          "PLUGINS",
          "PRIVILEGES",
          "TRIGGERS",
          "PROCEDURE",
          "FUNCTION" ->
          throw SqlFailure.unsupported("SHOW " + subject);
      default -> throw SqlFailure.syntax(words.get(0));
    };
  }

  private static String likeColumn(String subject, Table table) {
    return subject.equals("PARAMETERS") ? "name" : table.columns().get(0).name();
  }

  private static List<Node> condition(List<Node> words, String likeColumn) {
    for (int i = 0; i < words.size(); i++) {
      if (Node.isWord(words.get(i), "WHERE")) {
        return words.subList(i + 1, words.size());
      }
      if (Node.isWord(words.get(i), "LIKE") && i + 1 < words.size()) {
        return List.of(new Node.Raw(Literals.name(likeColumn)), words.get(i), words.get(i + 1));
      }
    }
    return List.of();
  }

  private Table variables() {
    TextTable answer = TextTable.show().text(128, "Variable_name").optional(65_536, "Value");
    session.variables().all().forEach(answer::row);
    return answer.build();
  }

  private List<Table> visible() {
    return session.cluster().look(List.of(), session.account().tenant()).tables();
  }

  private Table tables(List<Node> words, boolean full) throws SqlFailure {
    QualifiedName from = QualifiedName.behindFrom(words);
    String database = from.name().isEmpty() ? session.database() : from.name();
    if (database.isEmpty()) {
      throw SqlFailure.noDatabase();
    }
    List<Table> visible = visible();
    if (InformationSchema.databases(visible).stream().noneMatch(database::equalsIgnoreCase)) {
      throw SqlFailure.unknownDatabase(database);
    }
    TextTable answer = TextTable.show().text(256, labelled("Tables_in_" + database, words));
    if (full) {
      answer.text(64, "Table_type");
    }
    List<Table> all = new ArrayList<>(visible);
    all.addAll(InformationSchema.of(visible));
    for (Table table : all) {
      if (table.schema().equalsIgnoreCase(database)) {
        String type =
            database.equalsIgnoreCase(InformationSchema.NAME)
                ? "SYSTEM VIEW"
                : InformationSchema.type(table);
        answer.row(full ? new Object[] {table.name(), type} : new Object[] {table.name()});
      }
    }
    return answer.build();
  }

  private Table columns(QualifiedName name, boolean full) throws SqlFailure {
    Table table = find(name);
    TextTable answer = TextTable.show().text(128, "Field").text(1_048_576, "Type");
    if (full) {
      answer.optional(128, "Collation");
    }
    answer.text(4, "Null", "Key").optional(4096, "Default").text(4096, "Extra");
    if (full) {
      answer.text(200, "Privileges").text(2048, "Comment");
    }
    for (Table.Column column : table.columns()) {
      String nullable = column.nullable() ? "YES" : "NO";
      if (full) {
        String collation = column.type().startsWith("varchar") ? "utf8mb4_general_ci" : null;
        answer.row(column.name(), column.type(), collation, nullable, "", null, "", "SELECT", "");
      } else {
        answer.row(column.name(), column.type(), nullable, "", null, "");
      }
    }
    return answer.build();
  }

  /** Finds a table of the session by its name. */
  Table find(QualifiedName name) throws SqlFailure {
    String database = name.schema().isEmpty() ? session.database() : name.schema();
    if (database.isEmpty()) {
      throw SqlFailure.noDatabase();
    }
    return queries.table(database, name.name(), visible());
  }

  /** Returns a column's name as it stands above the answer: behind it the pattern of LIKE. */
  private static String labelled(String name, List<Node> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (Node.isWord(words.get(i), "LIKE") && words.get(i + 1) instanceof Node.Leaf leaf) {
        return name + " (" + leaf.token().text() + ")";
      }
    }
    return name;
  }

  private Table databases(List<Node> words) {
    TextTable answer = TextTable.show().text(128, labelled("Database", words));
    InformationSchema.databases(visible()).forEach(answer::row);
    return answer.build();
  }

  private Table processes() {
    TextTable answer =
        TextTable.show()
            .number("Id")
            .text(32, "User")
            .text(128, "Host")
            .optional(128, "db")
            .text(4096, "Command")
            .number("Time")
            .optional(128, "State")
            .optional(262_143, "Info");
    for (SessionDirectory.Entry entry : session.directory().sessions()) {
      boolean own = entry.id() == session.id();
      answer.row(
          entry.id(),
          entry.account().user(),
          entry.host(),
          entry.database().isEmpty() ? null : entry.database(),
          own ? "Query" : "Sleep",
          0,
          own ? "ACTIVE" : "SLEEP",
          own ? "SHOW PROCESSLIST" : null);
    }
    return answer.build();
  }

  private Table status() {
    return TextTable.show()
        .text(128, "Variable_name")
        .optional(1024, "Value")
        .row("Threads_connected", session.directory().sessions().size())
        .build();
  }

  private Table grants() {
    Account account = session.account();
    String user = " TO '" + account.user() + "'";
    TextTable answer = TextTable.show().text(1024, "Grants for " + account.user() + "@%");
    return account.mayAlterSystem()
        ? answer.row("GRANT ALL PRIVILEGES ON *.*" + user + " WITH GRANT OPTION").build()
        : answer
            .row("GRANT USAGE ON *.*" + user)
            .row("GRANT SELECT ON `oceanbase`.*" + user)
            .build();
  }
}
