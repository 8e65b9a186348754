package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.Table;
import java.util.List;
import java.util.Set;

/** Answers SHOW and DESCRIBE from small tables, filtered by LIKE or WHERE as any other. */
final class ShowStatement {

  private static final Set<String> UNSUPPORTED =
      Set.of(
          ("GLOBAL SESSION INDEX INDEXES KEYS STATUS COLLATION CHARSET CHARACTER ERRORS ENGINES"
                  + " TABLE CREATE PLUGINS PRIVILEGES TRIGGERS PROCEDURE FUNCTION")
              .split(" "));

  private final SessionState session;

  ShowStatement(SessionState session) {
    this.session = session;
  }

  /** Answers from what stands behind SHOW. */
  Answer run(TokenReader reader) throws SqlFailure {
    boolean full = reader.accept("FULL");
    SqlFailure unknown = reader.syntaxError();
    String subject = reader.keyword();
    reader.next();
    if (UNSUPPORTED.contains(subject) || reader.sees("FOR")) {
      throw SqlFailure.unsupported("SHOW " + subject + (reader.sees("FOR") ? " FOR" : ""));
    }
    ShowFilter filter = ShowFilter.read(reader);
    Table table =
        switch (subject) {
          case "PARAMETERS" -> session.cluster().locked(ServerParameters::show);
          case "VARIABLES" -> variables();
          case "TABLES" -> tables(filter, full);
          case "COLUMNS", "FIELDS" -> columns(filter.table(), full);
          case "DATABASES", "SCHEMAS" -> databases(filter);
          case "TENANT" -> tenant();
          case "PROCESSLIST" -> processes();
          case "WARNINGS" -> warnings();
          case "GRANTS" -> grants();
          default -> throw unknown;
        };
    Reply reply = reply(subject);
    String column = subject.equals("PARAMETERS") ? "name" : table.columns().get(0).name();
    return reply.isOk() ? Answer.rows(filtered(table, filter.select(column))) : Answer.of(reply);
  }

  /** Returns what the cluster replies to a look at the parameters, and OK for all else. */
  private Reply reply(String subject) {
    return subject.equals("PARAMETERS")
        ? session.cluster().look(List.of("parameters"), session.account().tenant()).reply()
        : Reply.ok();
  }

  /** Answers DESCRIBE of one table. */
  Answer describe(TokenReader reader) throws SqlFailure {
    TableName name = reader.tableName();
    reader.expectEnd();
    return Answer.rows(filtered(columns(name, false), Select.all(null)));
  }

  /** Returns a table of the session by its name. */
  Table find(TableName name) throws SqlFailure {
    return new StatementContext(session, session.tables()).table(name);
  }

  private ResultTable filtered(Table table, Select select) throws SqlFailure {
    StatementContext context = new StatementContext(session, List.of());
    return select.run(new Scope(context, table, "")).table(Long.MAX_VALUE);
  }

  private Table variables() {
    TextTable answer =
        new TextTable()
            .columns("varchar(128)", "Variable_name")
            .columns("varchar(65536) null", "Value");
    session.variables().all().forEach(answer::row);
    return answer.build();
  }

  private Table tables(ShowFilter filter, boolean full) throws SqlFailure {
    String named = filter.table().table();
    String database = new TableName(named, "").schemaOr(session.database());
    if (session.databases().stream().noneMatch(database::equalsIgnoreCase)) {
      throw SqlFailure.unknownDatabase(database);
    }
    TextTable answer =
        new TextTable().columns("varchar(256)", filter.labelled("Tables_in_" + database));
    if (full) {
      answer.columns("varchar(64)", "Table_type");
    }
    for (Table table : session.tables()) {
      if (table.schema().equalsIgnoreCase(database)) {
        String type = table.name().startsWith("__") ? "BASE TABLE" : "VIEW";
        answer.row(full ? new Object[] {table.name(), type} : new Object[] {table.name()});
      }
    }
    return answer.build();
  }

  private Table columns(TableName name, boolean full) throws SqlFailure {
    TextTable answer =
        new TextTable().columns("varchar(128)", "Field").columns("varchar(1048576)", "Type");
    if (full) {
      answer.columns("varchar(128) null", "Collation");
    }
    answer
        .columns("varchar(4)", "Null", "Key")
        .columns("varchar(4096) null", "Default")
        .columns("varchar(4096)", "Extra");
    if (full) {
      answer.columns("varchar(200)", "Privileges").columns("varchar(2048)", "Comment");
    }
    for (Table.Column column : find(name).columns()) {
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

  private Table databases(ShowFilter filter) {
    TextTable answer = new TextTable().columns("varchar(128)", filter.labelled("Database"));
    session.databases().forEach(answer::row);
    return answer.build();
  }

  private Table tenant() {
    return new TextTable()
        .columns("varchar(128)", "Current_tenant_name")
        .row(session.account().tenant())
        .build();
  }

  private Table processes() {
    TextTable answer =
        new TextTable()
            .columns("bigint(20)", "Id")
            .columns("varchar(32)", "User")
            .columns("varchar(128)", "Host")
            .columns("varchar(128) null", "db")
            .columns("varchar(4096)", "Command")
            .columns("bigint(20)", "Time")
            .columns("varchar(128) null", "State")
            .columns("varchar(262143) null", "Info");
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

  /** Returns no row, as no statement warns here. */
  private static Table warnings() {
    return new TextTable()
        .columns("varchar(32)", "Level")
        .columns("bigint(20)", "Code")
        .columns("varchar(512)", "Message")
        .build();
  }

  private Table grants() {
    Account account = session.account();
    String user = " TO '" + account.user() + "'";
    TextTable answer =
        new TextTable().columns("varchar(1024)", "Grants for " + account.user() + "@%");
    return account.mayAlterSystem()
        ? answer.row("GRANT ALL PRIVILEGES ON *.*" + user + " WITH GRANT OPTION").build()
        : answer
            .row("GRANT USAGE ON *.*" + user)
            .row("GRANT SELECT ON `oceanbase`.*" + user)
            .build();
  }
}
