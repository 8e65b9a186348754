package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPPIECE;
import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.Plan.Release;
import dev.backstop.testing.Looks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waits by the time that passes where the clock is set. */
class PlannerClockJumpsTest {

  private static final Duration FORWARD = Duration.ofHours(3);

  @Test
  void clockThatJumpsForwardBringsNoRepeatForward() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(10).clockJumps(FORWARD);
    story.watch(Duration.ofSeconds(48), look().set(7, "BACKUP"));
    story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
  }

  @Test
  void clockThatJumpsBackPutsNoRepeatOff() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(10).clockJumps(FORWARD.negated());
    story.watch(Duration.ofSeconds(48), look().set(7, "BACKUP"));
    story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
  }

  @Test
  void clockThatJumpsLeavesRowsOnTheirWayOutTheirTime() {
    Story story = off();
    story.look(look().piece(1, "CANCEL")).sends();
    story.clockJumps(FORWARD);
    story.watch(Duration.ofSeconds(58), look().piece(1, "CANCEL"));
    story.seconds(2).look(look().piece(1, "CANCEL")).sends(CANCEL_BACKUPPIECE);
  }

  @Test
  void clockThatJumpsProvesNothingByTwoLooksOfWhichOneWasBefore() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(2).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.clockJumps(FORWARD).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  @Test
  void clockThatJumpsBackProvesNothingByTheOneLookAfter() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(2).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.clockJumps(FORWARD.negated()).look(look()).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  @Test
  void clockThatJumpsGoesOnWaitingForAProofByTheTimeThatPasses() {
    Story story = off();
    Looks running = look().set(7, "BACKUP");
    story.look(running).sends(CANCEL_BACKUPSET);
    for (int i = 0; i < 20; i++) {
      story.seconds(1).clockJumps(FORWARD).look(running);
    }
    assertThat(story.record.data().waited()).isEqualTo(Duration.ofSeconds(19));
  }

  @Test
  void clockThatJumpsTakesNoProofBack() {
    Story story = off();
    story.look(look());
    story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    story.clockJumps(FORWARD).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  @Test
  void clockThatJumpsBackTakesNoProofBackEither() {
    Story story = off();
    story.look(look());
    story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    story.clockJumps(FORWARD.negated());
    story.look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    story.seconds(1).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    story.seconds(30).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  @Test
  void clockThatJumpsBackDoesNotPutOffTheProofOfADeletion() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.delete("hz").look(look().set(7, "BACKUP"));
    story.seconds(30).look(look().set(7, "CLEAN"));
    story.clockJumps(FORWARD.negated());
    story.seconds(2).look(look());
    story.seconds(2).look(look()).proves(Kind.DATA);
    story.seconds(2).look(look()).data(State.UNMANAGED, ReasonCode.NO_POLICY);
  }

  @Test
  void clockThatJumpsBackLetsNoLookFromBeforeProveADeletion() {
    Story story = off();
    story.look(look());
    story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    story.delete("hz").seconds(2).look(look());
    story.clockJumps(FORWARD.negated()).approve("hz");
    story.look(look()).releases().data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story
        .seconds(2)
        .look(look())
        .releases(
            new Release("hz", Kind.DATA, Release.Cause.PROVEN),
            new Release("hz", Kind.LOG, Release.Cause.PROVEN));
  }
}
