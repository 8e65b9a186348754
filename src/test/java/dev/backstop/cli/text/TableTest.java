package dev.backstop.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lays out rows. */
class TableTest {

  @Test
  void columnsAreAsWideAsTheirWidestCellThatAnotherFollows() {
    Table table = new Table("  ");
    table.row("a", "bb", "c");
    table.row("aaa", "a last cell takes what it needs");
    table.row("", "b", "");
    assertThat(table.lines(false))
        .containsExactly("  a    bb  c", "  aaa  a last cell takes what it needs", "       b");
  }

  /** In the square of the rows it would take hours. */
  @Test
  void manyRowsAreLaidOutInSeconds() {
    Table table = new Table("");
    for (int i = 0; i < 200_000; i++) {
      table.row("cluster-" + i, "state", "reason");
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertThat(table.lines(false)).hasSize(200_000));
  }
}
