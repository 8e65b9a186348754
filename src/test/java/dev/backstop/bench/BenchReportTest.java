package dev.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {

  private static final BenchResult RESULT =
      new BenchResult(100, 10, 9.97, 2.5, 1.25, 7.04, 1.2, 2.49, 188, 94, 512);

  @Test
  void a_row_compares_ours_with_the_bare_loop() {
    assertThat(BenchReport.table(BenchResult.COLUMNS, List.of(RESULT.row())))
        .last()
        .isEqualTo(
            "| 100 / 10 s | 10 | 2.50 / 1.25 ms (2.0) | 7.0 / 1.2 ms | 2.5 % | 188 MB | 94 ms, 512"
                + " KB |");
  }

  @Test
  void only_the_generated_part_of_the_document_changes() {
    String document = "before\n<!-- measured by bin/bench -->\nold\n<!-- end -->\nafter\n";

    assertThat(BenchReport.with(document, List.of("new")))
        .isEqualTo("before\n<!-- measured by bin/bench -->\nnew\n<!-- end -->\nafter\n");
    assertThatThrownBy(() -> BenchReport.with("no such part", List.of("new")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void looks_are_the_cycles_that_did_not_fail() {
    String page =
        """
        # TYPE backstop_reconcile_total counter
        backstop_reconcile_total{cluster="a",result="ok"} 7
        backstop_reconcile_total{cluster="a",result="error"} 2
        backstop_reconcile_total{cluster="b",result="unknown"} 1
        backstop_reconcile_lateness_seconds{quantile="0.99"} 0.0125
        """;

    assertThat(Scrape.looks(page)).isEqualTo(8);
    assertThat(Scrape.p99LatenessMillis(page)).isEqualTo(12.5);
  }

  @Test
  void a_quantile_is_a_value_that_was_measured() {
    assertThat(Quantile.of(0.5, List.of(3L, 1L, 2L))).isEqualTo(2);
    assertThat(Quantile.of(0.99, List.of(1L))).isEqualTo(1);
    assertThat(Quantile.of(0.99, List.of())).isZero();
  }
}
