package dev.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BenchReportTest {

  private static final BenchResult RESULT =
      new BenchResult(
          "",
          100,
          10,
          9.97,
          2.5,
          1.25,
          OptionalDouble.of(8.126),
          7.04,
          1.2,
          2.49,
          188,
          new Scrape.Timing(94, 51),
          new CommandTime(Duration.ofMillis(940), Duration.ofMillis(600)),
          new CommandTime(Duration.ofMillis(350), Duration.ofMillis(300)));

  @Test
  void a_row_compares_ours_with_the_bare_loop() {
    assertThat(BenchReport.table(BenchResult.COLUMNS, List.of(RESULT.row())))
        .last()
        .isEqualTo(
            "| 100 / 10 s | 10 | 2.50 / 1.25 / 8.13 | 2.0 | 7 / 1 | 2.5 % | 188 MB | 94 ms, 51 KB"
                + " | 940 (600) / 350 (300) ms |");
  }

  @Test
  void cpu_of_a_command_is_what_the_shell_says_of_its_children() {
    assertThat(CommandTime.cpu("0m2.510s 1m0.260s")).isEqualTo(Duration.ofMillis(62_770));
    assertThatThrownBy(() -> CommandTime.cpu("30 clusters: 30 as wanted"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("30 clusters");
  }

  @Test
  void only_the_generated_part_of_the_document_changes() {
    String other = "<!-- measured: other -->\nleft\n<!-- end -->\n";
    String document = other + "<!-- measured: fleets -->\nold\n<!-- end -->\nafter\n";

    assertThat(BenchReport.with(document, "fleets", List.of("new")))
        .isEqualTo(other + "<!-- measured: fleets -->\nnew\n<!-- end -->\nafter\n");
    assertThatThrownBy(() -> BenchReport.with(document, "none", List.of("new")))
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
        """;

    assertThat(Scrape.looks(page)).isEqualTo(8);
  }

  @Test
  void a_look_is_late_by_what_it_came_longer_after_the_one_before_than_the_interval() {
    FleetArrivals arrivals = new FleetArrivals();
    arrivals.look("a", 0);
    arrivals.begin(Duration.ofSeconds(10));
    arrivals.look("a", Duration.ofSeconds(10).toNanos());
    arrivals.look("b", Duration.ofSeconds(11).toNanos());
    arrivals.look("a", Duration.ofMillis(20_250).toNanos());
    arrivals.look("a", Duration.ofMillis(22_250).toNanos());

    assertThat(arrivals.end()).isEqualTo("3 250.0");
  }

  @Test
  void a_plot_begins_at_0_and_names_its_lines() {
    Plot plot =
        new Plot(
            "CPU",
            "clusters",
            true,
            List.of(
                new Plot.Series("ours", List.of(new Plot.Point(100, 1), new Plot.Point(1_000, 2))),
                new Plot.Series(
                    "bare", List.of(new Plot.Point(100, 0), new Plot.Point(1_000, 0)))));

    assertThat(Plot.page(List.of(plot)))
        .startsWith("<svg ")
        .contains(">ours</text>", ">bare</text>", ">clusters</text>")
        .contains("points=\"60.0,200.0 530.0,200.0\"");
  }

  @Test
  void a_quantile_is_a_value_that_was_measured() {
    assertThat(Quantile.of(0.5, List.of(3L, 1L, 2L))).isEqualTo(2);
    assertThat(Quantile.of(0.99, List.of(1L))).isEqualTo(1);
    assertThat(Quantile.of(0.99, List.of())).isZero();
  }
}
