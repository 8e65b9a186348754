package dev.backstop.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.simulator.cluster.Reply.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are lost, late or wrong (docs/oceanbase.md#what-goes-wrong). */
class LostAnswersTest {

  private static Stage with(Fault fault) {
    Stage stage = Stage.of(Profile.SETS);
    stage.cluster.faults().arm(fault);
    return stage;
  }

  /** The statement took effect though nobody was told. */
  @ParameterizedTest
  @EnumSource(names = {"TIMEOUT_APPLIED", "CUT_AFTER", "HUNG_STATEMENT_APPLIED"})
  void lostAnswer_canHideAnEffect(Fault fault) {
    Stage stage = with(fault);
    assertThat(stage.send(Stage.CANCEL_SETS).isOk()).isFalse();
    assertThat(stage.setStatuses()).containsExactly("CANCEL");
  }

  /** Nothing happened, and the next statement is answered. */
  @ParameterizedTest
  @EnumSource(names = {"TIMEOUT_NOT_APPLIED", "CUT_BEFORE", "HUNG_STATEMENT"})
  void lostAnswer_canHideThatNothingHappened(Fault fault) {
    Stage stage = with(fault);
    assertThat(stage.send(Stage.CANCEL_SETS).isOk()).isFalse();
    assertThat(stage.setStatuses()).containsExactly("BACKUP");
    assertThat(stage.send(Stage.CANCEL_SETS)).isEqualTo(Reply.ok());
  }

  /** A timeout leaves open whether the statement took effect. */
  @Test
  void timeout_isTheServersOwn() {
    assertThat(with(Fault.TIMEOUT_APPLIED).send(Stage.CANCEL_SETS))
        .isEqualTo(Reply.error(4012, "HY000", "Timeout"));
  }

  /** A cut in the middle goes one way or the other, as the seed says. */
  @Test
  void cutDuring_goesEitherWay_butTheSameForTheSameSeed() {
    assertThat(afterCut(1)).isEqualTo(afterCut(1));
    assertThat(List.of(afterCut(1), afterCut(2), afterCut(3), afterCut(4), afterCut(5)))
        .contains("BACKUP", "CANCEL");
  }

  private static String afterCut(long seed) {
    Stage stage = new Stage(ClusterSettings.builder().seed(seed).fault(Fault.CUT_DURING));
    stage.cluster.startSetJob(CopyRequest.all());
    stage.minutes(1);
    assertThat(stage.send(Stage.CANCEL_SETS).connection()).isEqualTo(Connection.CUT);
    return stage.setStatuses().get(0);
  }

  /** Refused with each of the four codes, then accepted and not acted on. */
  @Test
  void rootServiceSwitch_refusesAndThenSleeps() {
    Stage stage = Stage.of(Profile.ROOTSERVICE_SWITCH);
    assertThat(stage.send(Stage.CANCEL_SETS).error()).isEqualTo(4638);
    assertThat(stage.send(Stage.CANCEL_SETS).error()).isEqualTo(4512);
    assertThat(stage.send(Stage.CANCEL_SETS).error()).isEqualTo(4550);
    assertThat(stage.send(Stage.CANCEL_SETS).error()).isEqualTo(4162);
    stage.seconds(30);
    assertThat(stage.send(Stage.CANCEL_SETS).isOk()).isTrue();
    stage.seconds(115);
    assertThat(stage.setStatuses()).containsExactly("CANCEL");
    stage.seconds(10);
    assertThat(stage.setStatuses()).isEmpty();
  }

  /** Any other answer can be put in the server's mouth. */
  @Test
  void answers_canBeChosen() {
    Stage stage = Stage.of(Profile.SETS);
    Reply lock = Reply.error(1205, "HY000", "Lock wait timeout exceeded; try again");
    stage.cluster.faults().answerNextStatement(lock);
    assertThat(stage.send(Stage.CANCEL_SETS)).isEqualTo(lock);
    assertThat(stage.send(Stage.CANCEL_SETS)).isEqualTo(Reply.ok());
    Reply starting = Reply.error(8001, "08004", "Server is initializing");
    stage.cluster.faults().answerNextQuery(starting);
    assertThat(stage.cluster.beforeQuery(List.of(), "sys", stage.now)).isEqualTo(starting);
  }

  /** Queries can hang, be cut, time out, or answer without a row. */
  @Test
  void queries_failInTheirOwnWays() {
    Stage stage = Stage.of(Profile.HUNG_QUERY);
    assertThat(stage.cluster.beforeQuery(List.of(), "sys", stage.now)).isEqualTo(Reply.hung());
    stage.cluster.faults().clear(Fault.HUNG_QUERY);
    stage.cluster.faults().arm(Fault.CUT_QUERY);
    assertThat(stage.cluster.beforeQuery(List.of(), "sys", stage.now)).isEqualTo(Reply.cut());
    stage.cluster.faults().arm(Fault.TIMEOUT_QUERY);
    assertThat(stage.cluster.beforeQuery(List.of(), "sys", stage.now).error()).isEqualTo(4012);
    assertThat(stage.cluster.answersWithoutRows()).isFalse();
    stage.cluster.faults().arm(Fault.EMPTY_ANSWERS);
    assertThat(stage.cluster.answersWithoutRows()).isTrue();
  }

  /** How long a proxy lets a connection idle is a setting. */
  @Test
  void idleConnections_canBeDropped() {
    Stage stage = new Stage(ClusterSettings.builder().dropsIdleAfter(Duration.ofMinutes(1)));
    assertThat(stage.cluster.dropsIdleAfter()).contains(Duration.ofMinutes(1));
    assertThat(Stage.plain().cluster.dropsIdleAfter()).isEmpty();
  }

  /** What was stopped comes back under new ids, as often as the settings say. */
  @Test
  void ocp_startsAgainWhatWasStopped() {
    Stage stage = Stage.of(Profile.OCP);
    long first = stage.cluster.setJobs().get(0).jobId();
    for (int time = 1; time <= 3; time++) {
      stage.send(Stage.CANCEL_SETS);
      stage.seconds(5);
      assertThat(stage.setStatuses()).isEmpty();
      stage.minutes(1);
      assertThat(stage.setStatuses()).containsExactly("BACKUP");
      assertThat(stage.cluster.setJobs().get(0).jobId()).isGreaterThan(first);
    }
    stage.send(Stage.CANCEL_SETS);
    stage.minutes(30);
    assertThat(stage.setStatuses()).isEmpty();
  }

  /** Only once the whole queue is empty. */
  @Test
  void ocp_startsPiecesAgainOnceTheQueueIsEmpty() {
    Stage stage = Stage.of(Profile.OCP);
    stage.send(Stage.CANCEL_PIECES);
    stage.minutes(5);
    assertThat(stage.pieceStatuses()).containsExactly("DOING");
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(3);
    assertThat(stage.pieceStatuses()).isEmpty();
    stage.minutes(1);
    assertThat(stage.pieceStatuses()).containsExactly("DOING");
  }

  /** The flag is 1 again. */
  @Test
  void ocp_startsTheArchiveAgain() {
    Stage stage =
        new Stage(
            ClusterSettings.builder()
                .rounds()
                .comeback(new Comeback(Duration.ofMinutes(2), false, 0, true, 1)));
    stage.cluster.startArchive();
    stage.minutes(1);
    stage.send(Stage.STOP);
    stage.minutes(3);
    assertThat(stage.cluster.flag()).isEqualTo("1");
    assertThat(stage.archiveStatuses()).containsOnly("DOING");
  }

  /** Every statement that arrived is on record, with its answer. */
  @Test
  void receivedStatements_areKept() {
    Stage stage = with(Fault.CUT_BEFORE);
    stage.send(Stage.CANCEL_SETS);
    stage.send("nonsense");
    assertThat(stage.cluster.received())
        .extracting(Received::statement)
        .containsExactly(Stage.CANCEL_SETS, "nonsense");
    assertThat(stage.cluster.received().get(1).reply().error()).isEqualTo(1064);
  }
}
