package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteTroubleTest {

  @ParameterizedTest
  @CsvSource({
    "5,LOCKED,locked",
    "6,LOCKED,fuser /s/backstop.db",
    "13,FULL,the disk is full",
    "8,NOT_WRITABLE,can't be written",
    "14,NOT_READABLE,can't be opened",
    "11,DAMAGED,damaged",
    "26,DAMAGED,no SQLite database",
    "10,DISK,the disk reports an error",
    "522,DISK,the disk reports an error",
    "1,OTHER,failed"
  })
  void errorNumberBecomesWordsThatNameTheFile(int number, SqliteTrouble trouble, String words) {
    SQLException error = new SQLException("as SQLite says", null, number);
    assertThat(SqliteTrouble.of(error)).isEqualTo(trouble);
    assertThat(SqliteTrouble.explain(Path.of("/s/backstop.db"), error))
        .hasMessageContaining("the state store /s/backstop.db ")
        .hasMessageContaining(words)
        .hasMessageContaining("(as SQLite says)")
        .hasCause(error);
  }
}
