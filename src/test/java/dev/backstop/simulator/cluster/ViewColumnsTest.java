package dev.backstop.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.ViewColumns;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares columns, order, types and nullability of each view with a list from outside. */
class ViewColumnsTest {

  private static final Map<String, List<String>> FACTS = ViewColumns.read();

  static Stream<String> views() {
    return FACTS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("views")
  void columnsAreTheServersOwn(String view) {
    List<String> columns =
        Stage.of(Profile.DEFAULT).table(view).columns().stream()
            .map(each -> each.name() + " " + each.type() + (each.nullable() ? " null" : ""))
            .toList();
    assertThat(columns).isEqualTo(FACTS.get(view));
  }

  @Test
  void everyTableHasItsFacts() {
    assertThat(Stage.of(Profile.DEFAULT).cluster.tables("sys"))
        .extracting(Table::name)
        .containsExactlyInAnyOrderElementsOf(FACTS.keySet());
  }

  @ParameterizedTest
  @MethodSource("views")
  void rowsFitTheColumns(String view) {
    for (Profile profile : List.of(Profile.DEFAULT, Profile.ARCHIVE, Profile.SECRETS)) {
      Stage stage = Stage.of(profile);
      stage.send(Stage.CANCEL_SETS);
      stage.send(Stage.CANCEL_PIECES);
      stage.seconds(5);
      stage.send("ALTER SYSTEM BACKUP BACKUPSET ALL");
      stage.send("ALTER SYSTEM BACKUP DATABASE");
      stage.minutes(1);
      Table table = stage.table(view);
      assertThat(table.rows())
          .describedAs("%s of %s", view, profile)
          .allSatisfy(row -> assertFits(table, row));
    }
  }

  private static void assertFits(Table table, List<? extends Object> row) {
    assertThat(row).hasSameSizeAs(table.columns());
    for (int i = 0; i < row.size(); i++) {
      Table.Column column = table.columns().get(i);
      Object value = row.get(i);
      if (value == null) {
        assertThat(column.nullable()).describedAs(column.name()).isTrue();
      } else {
        assertThat(value.getClass().getSimpleName())
            .describedAs(column.name())
            .isEqualTo(javaType(column.type()));
      }
    }
  }

  private static String javaType(String type) {
    if (type.startsWith("bigint")) {
      return "Long";
    }
    if (type.startsWith("timestamp")) {
      return "LocalDateTime";
    }
    return type.startsWith("decimal") ? "BigDecimal" : "String";
  }
}
