package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.state.Report;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodesTest {

  @ParameterizedTest
  @CsvSource({
    "PERMITTED, 0, 0, 0",
    "STOPPED, 0, 0, 0",
    "WOULD_STOP, 0, 0, 0",
    "UNMANAGED, 0, 0, 0",
    "DISARMED, 3, 0, 3",
    "HELD, 3, 0, 3",
    "BLOCKED, 3, 0, 3",
    "CONTESTED, 3, 0, 3",
    "DRIFTED, 4, 0, 0",
    "STOPPING, 4, 0, 0",
    "NOT_VERIFIED, 4, 0, 0",
    "REFUSED, 4, 0, 0",
    "UNKNOWN, 5, 5, 5",
    "UNSUPPORTED, 5, 5, 5",
    "WRONG_CLUSTER, 6, 6, 6",
  })
  void eachStateHasItsCode(State state, int apply, int plan, int detailed) {
    List<Report> reports = List.of(Samples.report(state, State.STOPPED));
    assertThat(ExitCodes.ofApply(reports, false).code()).isEqualTo(apply);
    assertThat(ExitCodes.ofPlan(reports, false, false).code()).isEqualTo(plan);
    assertThat(ExitCodes.ofPlan(reports, false, true).code()).isEqualTo(detailed);
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void heldDeletionWaitsForAPerson_unlessSomethingWorseIsSeen(State state) {
    List<Report> reports = List.of(Samples.report(state, State.STOPPED));
    int alone = ExitCodes.ofApply(reports, false).code();
    assertThat(ExitCodes.ofApply(reports, true).code()).isEqualTo(Math.max(3, alone));
  }

  @Test
  void highestOfAllClustersAndKindsWins() {
    List<Report> reports =
        List.of(
            Samples.report(State.STOPPED, State.HELD),
            Samples.report(State.WRONG_CLUSTER, State.STOPPED),
            Samples.report(State.UNKNOWN, State.DRIFTED));
    assertThat(ExitCodes.ofApply(reports, false)).isEqualTo(ExitCode.WRONG_CLUSTER);
    assertThat(ExitCodes.ofPlan(reports, true, true)).isEqualTo(ExitCode.WRONG_CLUSTER);
  }

  @Test
  void nothingToReportIsAllRight() {
    assertThat(ExitCodes.ofApply(List.of(), false)).isEqualTo(ExitCode.OK);
    assertThat(ExitCodes.ofPlan(List.of(), false, true)).isEqualTo(ExitCode.OK);
  }

  @Test
  void planWithSomethingToSend_endsWithTwoOnlyWhenAsked_andBeforeWhatWaits() {
    List<Report> reports = List.of(sending(), Samples.report(State.HELD, State.STOPPED));
    assertThat(ExitCodes.ofPlan(reports, true, false)).isEqualTo(ExitCode.OK);
    assertThat(ExitCodes.ofPlan(reports, true, true)).isEqualTo(ExitCode.WOULD_SEND);
  }

  @Test
  void planWithSomethingToSend_isLessThanAClusterThatCouldNotBeRead() {
    List<Report> reports = List.of(sending(), Samples.report(State.UNKNOWN, State.UNKNOWN));
    assertThat(ExitCodes.ofPlan(reports, false, true)).isEqualTo(ExitCode.NOT_READABLE);
  }

  @Test
  void planWithAHeldDeletionAlone_waitsForAPerson() {
    assertThat(ExitCodes.ofPlan(List.of(), true, true)).isEqualTo(ExitCode.NEEDS_PERSON);
    assertThat(ExitCodes.ofPlan(List.of(), true, false)).isEqualTo(ExitCode.OK);
  }

  private static Report sending() {
    return Samples.report(
        "s",
        Samples.kind(
            Kind.DATA,
            State.DRIFTED,
            Reason.of(ReasonCode.DUE_NOW, "due now"),
            List.of(),
            Statement.CANCEL_BACKUPSET),
        Samples.kind(Kind.LOG, State.STOPPED, ReasonCode.PAUSED));
  }
}
