package dev.backstop.oceanbase;

import dev.backstop.plan.SentStatement;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The errors that say how an acting statement ended (docs/oceanbase.md#errors). After any other
 * error the outcome is unknown: the statement may have taken effect or not.
 */
public enum StatementErrors {
  NO_DATABASE_PRIVILEGE(1044, "the user may not use the database"),
  NO_DATABASE_CHOSEN(1046, "no database is chosen"),
  UNKNOWN_DATABASE(1049, "the database is not there"),
  UNKNOWN_COLUMN(1054, "a column is not there"),
  SYNTAX(1064, "the parser does not know the statement"),
  EMPTY(1065, "the parser saw no statement"),
  TABLE_PRIVILEGE(1142, "the user may not use a table"),
  COLUMN_PRIVILEGE(1143, "the user may not use a column"),
  NO_SUCH_TABLE(1146, "a table is not there"),
  WRONG_SYNTAX(1149, "the parser does not know the statement"),
  UNKNOWN_VARIABLE(1193, "a variable is not there"),
  WRONG_ARGUMENT(1210, "an argument is wrong; for STOP and FORCE, another change came first") {
    @Override
    public SentStatement.Result result(Verb verb) {
      return verb == Verb.CANCEL ? SentStatement.Result.REFUSED : SentStatement.Result.RACE;
    }
  },
  PRIVILEGE(1227, "the user lacks ALTER SYSTEM, or is not in tenant sys"),
  NOT_SUPPORTED(1235, "the server can't do it, or not now"),
  UNKNOWN_FUNCTION(1305, "a function is not there"),
  NO_ROUTINE_PRIVILEGE(1370, "the user may not run a routine");

  /** Kinds of acting statements that errors distinguish. */
  public enum Verb {
    CANCEL(" CANCEL BACKUP "),
    STOP(" STOP BACKUP "),
    FORCE(" CANCEL ALL BACKUP ");

    private final String keywords;

    Verb(String keywords) {
      this.keywords = keywords;
    }

    static Optional<Verb> of(String sql) {
      return Arrays.stream(values()).filter(verb -> sql.contains(verb.keywords)).findFirst();
    }
  }

  private static final Map<Integer, StatementErrors> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(StatementErrors::code, error -> error));

  private final int code;
  private final String meaning;

  StatementErrors(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** Returns the server's number. */
  public int code() {
    return code;
  }

  /** Returns what it means. */
  public String meaning() {
    return meaning;
  }

  /** Returns how a statement with this error ended. */
  public SentStatement.Result result(Verb verb) {
    return SentStatement.Result.REFUSED;
  }

  /** Returns how a statement with an error ended. */
  static SentStatement.Result result(String sql, int code) {
    StatementErrors error = BY_CODE.get(code);
    Optional<Verb> verb = Verb.of(sql);
    return error == null || verb.isEmpty()
        ? SentStatement.Result.UNKNOWN
        : error.result(verb.get());
  }
}
