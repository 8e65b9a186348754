package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPPIECE;
import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Kind;
import dev.backstop.plan.Plan.Release;
import dev.backstop.policy.OnDelete;
import dev.backstop.testing.Looks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tells which stops go on, and which don't begin, while a file is in doubt. */
class DoubtTest {

  private static final Looks RUNNING = look().set(7, "BACKUP");
  private static final Looks THEIRS = look().piece(1, 1002, "DOING");
  private static final Looks OURS = look().piece(2, 1001, "DOING");

  /** Policies a, for tenant 1001, and b, for tenant 1002; nothing runs. */
  private static Story quiet() {
    Story story = Story.with(policy("a").tenants("1001"), policy("b").tenants("1002"));
    story.look(look()).sends();
    return story;
  }

  @Test
  void aStopThatBeganBeforeItsFileBrokeGoesOnWhateverBecomesOfTheFile() {
    Story story = quiet();
    story.seconds(2).look(OURS).sends(CANCEL_BACKUPPIECE);
    story.spoil("a").seconds(60).look(OURS).sends(CANCEL_BACKUPPIECE);
    story.spoil("a", "4:1: another mistake").seconds(60).look(OURS).sends(CANCEL_BACKUPPIECE);
    story.delete("a").seconds(60).look(OURS).sends(CANCEL_BACKUPPIECE);
  }

  @Test
  void aFileThatBreaksOnceMoreTakesPartInNoStopThatBeganMeanwhile() {
    Story story = quiet();
    story.spoil("a").seconds(2).look(look()).sends();
    story.seconds(2).look(THEIRS).sends(CANCEL_BACKUPPIECE);
    story.seconds(60).look(OURS).sends().log(State.BLOCKED, ReasonCode.BROKEN_POLICY);
    story.spoil("a", "4:1: another mistake").seconds(2);
    story.look(OURS).sends().log(State.BLOCKED, ReasonCode.BROKEN_POLICY);
  }

  @Test
  void aBrokenFileThatIsDeletedTakesPartInNoStopThatBeganMeanwhile() {
    Story story = quiet();
    story.spoil("a").seconds(2).look(look()).sends();
    story.seconds(2).look(THEIRS).sends(CANCEL_BACKUPPIECE);
    story.delete("a").seconds(60).look(OURS).sends().log(State.DRIFTED, ReasonCode.DELETION_GRACE);
  }

  @Test
  void aDeletionThatIsHeldTakesPartInNoStopThatBeganAfterTheFileWasGone() {
    Story story = quiet();
    story.delete("a").seconds(2).look(look()).sends();
    story.seconds(10).look(THEIRS).sends(CANCEL_BACKUPPIECE);
    story.litter("x").seconds(10);
    story.look(OURS).sends().log(State.DRIFTED, ReasonCode.DELETION_GRACE);
    story.seconds(10).look(OURS).sends().log(State.HELD, ReasonCode.DELETION_HELD);
  }

  @Test
  void afterTheClockWentBackAStopIsStillLaterThanTheFileThatWasGoneBefore() {
    Story story =
        Story.with(
            policy("a").tenants("1001").onDelete(OnDelete.HOLD), policy("b").tenants("1002"));
    story.look(look()).sends();
    story.delete("a").seconds(2).look(look()).sends();
    story.seconds(30).look(THEIRS).sends(CANCEL_BACKUPPIECE);
    story.seconds(2).clockJumps(Duration.ofHours(-20));
    story.look(OURS).sends().log(State.HELD, ReasonCode.DELETION_HELD);
    story.seconds(70).look(OURS).sends().log(State.HELD, ReasonCode.DELETION_HELD);
  }

  @Test
  void aDeletionThatWillBeForgottenForbidsNothingNew() {
    Story story = Story.with(policy("hz").onDelete(OnDelete.FORGET));
    story.look(look()).sends();
    story.delete("hz").seconds(2).look(RUNNING).sends();
    story.seconds(2).look(RUNNING).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  @Test
  void whatCountedWhileItWasOnlyObservedIsForgottenThoughNothingCouldBeSeen() {
    Looks dark = look().blindTo(Area.EVERYTHING, Cause.UNREACHABLE);
    Story story = Story.with(policy("hz").on());
    story.confObserves = true;
    story.look(RUNNING).sends();
    story.delete("hz").look(dark);
    story
        .seconds(30)
        .look(dark)
        .releases(
            new Release("hz", Kind.DATA, Release.Cause.WOULD_STOP),
            new Release("hz", Kind.LOG, Release.Cause.WOULD_STOP));
    story.confObserves = false;
    story.pass(Duration.ofDays(3)).look(RUNNING).sends();
  }

  @Test
  void aDeletionThatHasNotCountedIsOnlyObservedAsItsPolicyWas() {
    Story story = Story.with(policy("hz").observe());
    story.look(RUNNING).sends().data(State.WOULD_STOP, ReasonCode.POLICY_OBSERVES);
    story.delete("hz").seconds(2);
    story.look(RUNNING).sends().data(State.WOULD_STOP, ReasonCode.POLICY_OBSERVES);
  }

  @Test
  void whatADeletionStillPermitsBlocksAsItsFileDid() {
    Looks both = look().piece(1, 1001, "DOING").piece(2, 1002, "DOING");
    Story story = Story.with(policy("a").tenants("1001").on(), policy("b").tenants("1002"));
    story.look(both).sends().log(State.BLOCKED, ReasonCode.OTHERS_JOBS);
    story.delete("a").seconds(2);
    story
        .look(both)
        .sends()
        .log(State.BLOCKED, ReasonCode.OTHERS_JOBS)
        .says(Kind.LOG, "piece job 1 (tenant 1001, DOING), wanted by policy a");
  }

  @Test
  void whatOnlyAPendingDeletionForbidsBlocksTheOthers() {
    Looks both = look().piece(1, 1001, "DOING").piece(2, 1002, "DOING");
    Story story = quiet();
    story.delete("a").seconds(2);
    story
        .look(both)
        .sends()
        .log(State.BLOCKED, ReasonCode.OTHERS_JOBS)
        .says(Kind.LOG, "forbidden only by policy a, whose deletion has not counted yet");
  }

  @Test
  void aBrokenFileThatNeverWasGoodBlocksWhatIsOnlyObservedToo() {
    Story story = Story.with(policy("hz").observe()).spoil("stray");
    story.look(RUNNING).sends().data(State.BLOCKED, ReasonCode.BROKEN_FILE);
  }

  @Test
  void aBrokenFileBlocksNothingOfADeletionThatHasNotCounted() {
    Story story = Story.with(policy("hz").on());
    story.look(RUNNING);
    story.delete("hz").spoil("stray").seconds(2);
    story.look(RUNNING).sends().data(State.DRIFTED, ReasonCode.DELETION_GRACE);
  }

  /** The gate failed, so that what came back is measured by the statement before. */
  @Test
  void whatComesBackAfterAStatementThatNeverLeftHasComeBackAfterTheOneBefore() {
    Story story = Story.with(policy("hz"));
    story.look(RUNNING).sends(CANCEL_BACKUPSET);
    story.answering(SentStatement.Result.NOT_SENT, "the gate failed").seconds(60);
    story.look(RUNNING).sends(CANCEL_BACKUPSET);
    story.answering(SentStatement.Result.ACCEPTED, "");
    story.seconds(2).look(look()).proves();
    story.seconds(2).look(look()).proves(Kind.DATA);
    story.seconds(2).look(look().set(8, "BACKUP")).returns(true).sends(CANCEL_BACKUPSET);
  }

  @Test
  void aStatementThatNeverLeftWaitsItsMinuteWhateverMovedSinceTheOneBefore() {
    Story story = Story.with(policy("hz"));
    story.look(look().piece(1, "DOING").piece(2, "SCHEDULE")).sends(CANCEL_BACKUPPIECE);
    story.answering(SentStatement.Result.NOT_SENT, "the gate failed").seconds(60);
    story.look(look().piece(1, "DOING").piece(2, "SCHEDULE")).sends(CANCEL_BACKUPPIECE);
    story.answering(SentStatement.Result.ACCEPTED, "").seconds(2);
    story.look(look().piece(2, "DOING")).sends();
    story.seconds(58).look(look().piece(2, "DOING")).sends(CANCEL_BACKUPPIECE);
  }

  @Test
  void whatRunsUncoveredIsNotCalledNotRunning() {
    Looks archive = look().flag(true).archive("DOING");
    Story story = Story.with(policy("a").tenants("1001"));
    story.look(archive).sends();
    story
        .seconds(2)
        .look(archive)
        .log(State.STOPPED, ReasonCode.NO_JOBS)
        .says(
            Kind.LOG,
            "no forbidden jobs; still runs and is not forbidden: continuous archive (cluster,"
                + " DOING)");
  }
}
