package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.Kind;
import dev.backstop.plan.PlanInput.Restrictions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waits longer and longer where stopped jobs return. */
class PlannerReturnsTest {

  private final Story story = off();
  private long job = 7;

  private Story.Step comeBack(int afterSeconds) {
    job++;
    return story.seconds(afterSeconds).look(look().set(job, "BACKUP"));
  }

  private void end() {
    story.seconds(2).look(look());
    story.seconds(2).look(look()).proves(Kind.DATA).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  private void contest() {
    story.look(look().set(job, "BACKUP")).sends(CANCEL_BACKUPSET).returns(false);
    end();
    comeBack(60).returns(true).sends(CANCEL_BACKUPSET).says(Kind.DATA, "OCP strategy");
    end();
    comeBack(60).returns(true).sends(CANCEL_BACKUPSET);
    end();
    comeBack(60).returns(true).sends().data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
  }

  private void waits(Duration wait) {
    story.seconds(2);
    story.watch(wait.minusSeconds(4), look().set(job, "BACKUP"));
    story
        .seconds(2)
        .look(look().set(job, "BACKUP"))
        .sends(CANCEL_BACKUPSET)
        .data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
    end();
  }

  @Test
  void returnsFromTheThirdWithinADayMakeTheNextStopWaitLongerAndLonger() {
    contest();
    for (int minutes : new int[] {5, 10, 20, 40, 60, 60}) {
      waits(Duration.ofMinutes(minutes));
      comeBack(60).returns(true).sends().data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
    }
  }

  @Test
  void returnsAreForgottenAfterADayWithoutOne() {
    contest();
    waits(Duration.ofMinutes(5));
    story.pass(Duration.ofHours(24)).look(look());
    comeBack(2).returns(true).sends(CANCEL_BACKUPSET).data(State.STOPPING, ReasonCode.SENT);
  }

  @Test
  void returnsFartherApartThanADayAreNoContest() {
    story.look(look().set(job, "BACKUP")).sends(CANCEL_BACKUPSET);
    for (int night = 0; night < 5; night++) {
      end();
      comeBack(13 * 3600).returns(true).sends(CANCEL_BACKUPSET);
    }
  }

  @Test
  void returnsAreCountedAcrossAnEditThatPermitsNothing() {
    story.look(look().set(job, "BACKUP")).sends(CANCEL_BACKUPSET);
    end();
    story.write(policy("hz").off().verifyWithin(Duration.ofMinutes(16)));
    comeBack(60).returns(true).sends(CANCEL_BACKUPSET);
  }

  @Test
  void returnsAreForgottenWithAnEditOfThePolicy() {
    contest();
    story.write(policy("hz").verifyWithin(Duration.ofMinutes(16)));
    story.seconds(2).look(look().set(job, "BACKUP")).sends(CANCEL_BACKUPSET);
  }

  @Test
  void returnsAreNoneWithoutAStatement() {
    story.look(look());
    story.seconds(2).look(look());
    comeBack(60).returns(false).sends(CANCEL_BACKUPSET);
  }

  @Test
  void returnsAreOneAStatement() {
    story.disarmed();
    story.restrictions = Restrictions.NONE;
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.disarmed();
    story.seconds(2).look(look().set(8, "BACKUP")).returns(true).sends();
    story.seconds(2).look(look().set(9, "BACKUP")).returns(false).sends();
  }
}
