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
      throw SqlFailure.syntax("");
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
      case "DATABASES", "SCHEMAS" -> databases();
      case "TENANT" ->
          ShowConstants.answer("Current_tenant_name").row(session.account().tenant()).build();
      case "PROCESSLIST" -> processes();
      case "WARNINGS", "ERRORS" -> ShowConstants.WARNINGS;
      case "STATUS" -> status();
      case "ENGINES" -> ShowConstants.ENGINES;
      case "COLLATION" -> ShowConstants.COLLATIONS;
      case "CHARSET", "CHARACTER" -> ShowConstants.CHARACTER_SETS;
      case "GRANTS" -> grants();
      case "TABLE", "CREATE", "PLUGINS", "PRIVILEGES", "TRIGGERS", "PROCEDURE", "FUNCTION" ->
          throw SqlFailure.unsupported("SHOW " + subject);
      default -> throw SqlFailure.syntax(subject);
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
    TextTable answer = ShowConstants.answer("Variable_name", "Value");
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
    String header = "Tables_in_" + database;
    TextTable answer =
        full ? ShowConstants.answer(header, "Table_type") : ShowConstants.answer(header);
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
    TextTable answer =
        full
            ? ShowConstants.answer(
                "Field",
                "Type",
                "Collation",
                "Null",
                "Key",
                "Default",
                "Extra",
                "Privileges",
                "Comment")
            : ShowConstants.answer("Field", "Type", "Null", "Key", "Default", "Extra");
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

  private Table databases() {
    TextTable answer = ShowConstants.answer("Database");
    InformationSchema.databases(visible()).forEach(answer::row);
    return answer.build();
  }

  private Table processes() {
    TextTable answer =
        ShowConstants.answer("Id", "User", "Host", "db", "Command", "Time", "State", "Info");
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
    return ShowConstants.answer("Variable_name", "Value")
        .row("Ssl_cipher", "")
        .row("Threads_connected", session.directory().sessions().size())
        .build();
  }

  private Table grants() {
    Account account = session.account();
    String rights = account.mayAlterSystem() ? "ALL PRIVILEGES" : "SELECT";
    return ShowConstants.answer("Grants for " + account.user() + "@%")
        .row("GRANT " + rights + " ON *.* TO '" + account.user() + "'")
        .build();
  }
}
