package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPPIECE;
import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Follows edits of policies. */
class PlannerEditsTest {

  @Test
  void editsToOnEndAStopWhichIsNeitherProvenNorReturned() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.write(policy("hz").on());
    story
        .seconds(2)
        .look(look().set(7, "CANCEL"))
        .sends()
        .data(State.PERMITTED, ReasonCode.POLICY_ON);
    story.seconds(2).look(look()).proves().data(State.PERMITTED, ReasonCode.POLICY_ON);
    story.seconds(2).look(look()).proves();
    story.seconds(2).look(look().set(8, "BACKUP")).returns(false).sends();
  }

  @Test
  void editsThatDeleteNameTheDeletionThatIsWaitedFor() {
    Story story = Story.with(policy("hz").on(), policy("a").tenants("1002"));
    story.look(look().set(7, "BACKUP")).sends();
    story.seconds(300).delete("hz");
    story.look(look().set(7, "BACKUP")).sends().says(Kind.DATA, "file of policy hz is gone");
  }

  @Test
  void editsToOnOfAnotherPolicyThatCoversAllEndAStopWithoutProofToo() {
    Story story = Story.with(policy("hz").off(), policy("pay").tenants("1001").off());
    story.look(look().set(7, 1001, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.write(policy("all").on());
    story.seconds(2).look(look()).proves().data(State.PERMITTED, ReasonCode.POLICY_ON);
    story.seconds(2).look(look()).proves();
    story.seconds(2).look(look().set(8, 1001, "BACKUP")).returns(false).sends();
  }

  @Test
  void editsToOnOfAnotherPolicyThatCoversATenantLeaveTheStopOfTheRestToItsProof() {
    Story story = Story.with(policy("hz").off());
    story.look(look().set(7, 1001, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.write(policy("pay").tenants("1002").on());
    story.seconds(2).look(look()).proves();
    story.seconds(2).look(look()).proves(Kind.DATA);
  }

  @Test
  void editsToOnAndBackRepeatNothingWithinSixtySecondsOfTheLastStatement() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.write(policy("hz").on());
    story.seconds(2).look(look().set(7, "BACKUP")).sends();
    story.seconds(2).look(look().set(7, "BACKUP")).sends();
    story.write(policy("hz").off());
    story.seconds(2).watch(Duration.ofSeconds(52), look().set(7, "BACKUP"));
    story.seconds(2).look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET).returns(false);
  }

  @Test
  void editsToOffActAtOnce() {
    Story story = Story.with(policy("hz").on());
    story.look(look().set(7, "BACKUP")).sends();
    story.write(policy("hz").off());
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
  }

  @Test
  void editsOfOneKindLeaveTheOtherAlone() {
    Story.with(policy("hz").on(Kind.LOG))
        .look(look().set(7, "BACKUP").piece(8, "DOING"))
        .sends(CANCEL_BACKUPSET)
        .log(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void editsOfBothKindsSendBothStatementsDataFirst() {
    off()
        .look(look().piece(8, "DOING").set(7, "BACKUP"))
        .sends(CANCEL_BACKUPSET, CANCEL_BACKUPPIECE);
  }
}
