package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.tools.sqlparser.obmysql.OBLexer;
import com.oceanbase.tools.sqlparser.obmysql.OBParser;
import dev.backstop.plan.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parses all statements by OceanBase's published grammar. */
class StatementGrammarTest {

  @ParameterizedTest
  @EnumSource(Statement.class)
  void acceptsEveryStatement(Statement statement) {
    assertThatCode(() -> parse(statement.sql())).doesNotThrowAnyException();
  }

  @Test
  void rejectsUnknownStatement() {
    assertThatThrownBy(() -> parse("ALTER SYSTEM CANCEL BACKUP BACKUPSET 5"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void acceptsWholeLookAndEachPart() {
    assertThatCode(
            () -> parse(LookQuery.of(EnumSet.allOf(QueryPart.class), List.of("o'neil", "a\\"))))
        .doesNotThrowAnyException();
    for (QueryPart part : QueryPart.values()) {
      assertThatCode(() -> parse(LookQuery.of(Set.of(part), List.of()))).doesNotThrowAnyException();
    }
  }

  @Test
  void containsNoStatementOfThePrimaryBackup() {
    assertThat(EnumSet.allOf(Statement.class))
        .extracting(Statement::sql)
        .containsExactlyInAnyOrder(
            "ALTER SYSTEM CANCEL BACKUP BACKUPSET",
            "ALTER SYSTEM CANCEL BACKUP BACKUPPIECE",
            "ALTER SYSTEM STOP BACKUP ARCHIVELOG");
  }

  private static void parse(String sql) {
    BaseErrorListener strict =
        new BaseErrorListener() {
          @Override
          public void syntaxError(
              Recognizer<?, ?> recognizer,
              Object symbol,
              int line,
              int column,
              String message,
              RecognitionException e) {
            throw new IllegalArgumentException(line + ":" + column + " " + message);
          }
        };
    OBLexer lexer = new OBLexer(CharStreams.fromString(sql));
    lexer.removeErrorListeners();
    lexer.addErrorListener(strict);
    OBParser parser = new OBParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.addErrorListener(strict);
    parser.sql_stmt();
  }
}
