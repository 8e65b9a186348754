package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.Kind;
import dev.backstop.testing.Looks;
import org.junit.jupiter.api.Test;

/** Starts no new stop by a file that is broken or still changes. */
class PlannerBrokenFilesTest {

  private final Looks running = look().set(7, "BACKUP");

  @Test
  void filesThatBreakProtectWhatTheirLastGoodVersionPermits() {
    Story story = Story.with(policy("all"), policy("pay").tenants("1001").on());
    Looks both = look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP");
    story.look(both).sends();
    story.spoil("pay").seconds(2).look(both).sends().data(State.BLOCKED, ReasonCode.OTHERS_JOBS);
  }

  @Test
  void filesThatBreakStartNoNewStop() {
    Story story = off();
    story.look(look());
    story
        .spoil("hz")
        .look(running)
        .sends()
        .data(State.BLOCKED, ReasonCode.BROKEN_POLICY)
        .says(Kind.DATA, "hz.yaml", "3:1: broken", "mend");
    story.write(policy("hz")).look(running).sends(CANCEL_BACKUPSET);
  }

  @Test
  void filesThatBreakLetAStopGoOnThatWasBegun() {
    Story story = off();
    story.look(running).sends(CANCEL_BACKUPSET);
    story.spoil("hz").seconds(2).look(running).data(State.STOPPING, ReasonCode.SENT);
    story.seconds(60).look(running).sends(CANCEL_BACKUPSET);
  }

  @Test
  void filesThatBrokeAfterAProvenStopStartNoneForWhatReturns() {
    Story story = off();
    story.look(running).sends(CANCEL_BACKUPSET);
    story.seconds(2).look(look());
    story.seconds(2).look(look()).proves(Kind.DATA);
    story
        .spoil("hz")
        .seconds(2)
        .look(look().set(8, "BACKUP"))
        .sends()
        .data(State.BLOCKED, ReasonCode.BROKEN_POLICY);
  }

  @Test
  void filesThatStillChangeStartNoNewStop() {
    Story story = off();
    story.look(look());
    story.unsettle("hz").look(running).sends().data(State.BLOCKED, ReasonCode.UNSETTLED_FILE);
  }

  @Test
  void filesThatNeverWereGoodBlockNewStops() {
    Story story = off().spoil("stray");
    story
        .look(running)
        .sends()
        .data(State.BLOCKED, ReasonCode.BROKEN_FILE)
        .says(Kind.DATA, "stray.yaml", "mend or remove the file");
    story.delete("stray").look(running).sends(CANCEL_BACKUPSET);
  }

  @Test
  void filesThatNeverWereGoodLetAStopGoOnThatWasBegun() {
    Story story = off();
    story.look(running).sends(CANCEL_BACKUPSET);
    story.spoil("stray").seconds(60).look(running).sends(CANCEL_BACKUPSET);
  }
}
