package dev.backstop.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import dev.backstop.state.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusSummaryTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static Report report(State data, State log) {
    return new Report(
        new Plan("c", NOON, List.of(kind(Kind.DATA, data), kind(Kind.LOG, log)), List.of(), null),
        NOON,
        "backstop-1",
        "",
        "",
        null);
  }

  private static KindPlan kind(Kind kind, State state) {
    return new KindPlan(kind, state, Reason.of(ReasonCode.NO_JOBS, "words"), NOON, List.of(), null);
  }

  @Test
  void eachClusterIsCountedOnceByItsWorseKind() {
    assertThat(
            StatusSummary.line(
                List.of(
                    report(State.STOPPED, State.PERMITTED),
                    report(State.STOPPED, State.UNMANAGED),
                    report(State.HELD, State.STOPPED),
                    report(State.HELD, State.UNKNOWN),
                    report(State.UNMANAGED, State.UNMANAGED))))
        .isEqualTo("5 clusters: 2 as wanted, 1 unknown, 1 held, 1 unmanaged");
  }

  @Test
  void whatIsAsWantedComesFirstAndAllElseWorstFirst() {
    List<Report> all = new ArrayList<>();
    Arrays.stream(State.values()).forEach(state -> all.add(report(state, State.STOPPED)));
    all.remove(0);
    all.add(report(State.UNMANAGED, State.UNMANAGED));
    assertThat(StatusSummary.line(all))
        .isEqualTo(
            "15 clusters: 2 as wanted, 1 wrong cluster, 1 unknown, 1 unsupported, 1 not verified,"
                + " 1 refused, 1 contested, 1 blocked, 1 held, 1 disarmed, 1 would stop,"
                + " 2 stopping, 1 unmanaged");
  }

  @Test
  void oneClusterIsSingular_andNoneIsNoList() {
    assertThat(StatusSummary.line(List.of(report(State.UNKNOWN, State.UNKNOWN))))
        .isEqualTo("1 cluster: 1 unknown");
    assertThat(StatusSummary.line(List.of())).isEqualTo("0 clusters");
  }

  @Test
  void kindsAreCountedByStateWithZeros() {
    assertThat(StatusSummary.byState(List.of(report(State.HELD, State.STOPPED))))
        .hasSize(State.values().length)
        .containsEntry("HELD", 1)
        .containsEntry("STOPPED", 1)
        .containsEntry("UNKNOWN", 0);
  }
}
