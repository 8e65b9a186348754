package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.Kind;
import dev.backstop.testing.Looks;
import org.junit.jupiter.api.Test;

/** Sends nothing where Backstop only observes. */
class PlannerObserveTest {

  /** Found by the simulation: who observed for a while no longer knew that a job had come back. */
  @Test
  void observingForgetsNoReturn() {
    Story story = off();
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(2).look(look()).sends();
    story.seconds(2).look(look()).proves(Kind.DATA);
    story.confObserves = true;
    story.seconds(30).look(look()).sends();
    story.seconds(30).look(look().set(8, "BACKUP")).sends().returns(true);
    story.confObserves = false;
    story.seconds(30).look(look().set(8, "BACKUP")).sends(CANCEL_BACKUPSET);
  }

  private final Looks running = look().set(7, "BACKUP");

  @Test
  void observingInThePolicyNeverSends() {
    Story.with(policy("hz").observe())
        .look(running)
        .sends()
        .data(State.WOULD_STOP, ReasonCode.POLICY_OBSERVES)
        .says(Kind.DATA, "hz");
  }

  @Test
  void observingInTheConfigurationNeverSends() {
    Story story = off();
    story.confObserves = true;
    story.look(running).sends().data(State.WOULD_STOP, ReasonCode.CONF_OBSERVES);
  }

  @Test
  void observingForWantOfExpectNeverSends() {
    Story story = off();
    story.expect = null;
    story
        .look(running)
        .sends()
        .data(State.WOULD_STOP, ReasonCode.NO_EXPECT)
        .says(Kind.DATA, "expect");
  }

  @Test
  void observingDoesNotKeepAnEnforcingPolicyFromActing() {
    Story.with(policy("a").observe(), policy("b")).look(running).sends(CANCEL_BACKUPSET);
  }

  @Test
  void observingOfAnotherTenantsJobBlocksAsNobodyForbidsIt() {
    Story.with(policy("a").tenants("1001"), policy("b").tenants("1002").observe())
        .look(look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP"))
        .sends()
        .data(State.BLOCKED, ReasonCode.OTHERS_JOBS)
        .says(Kind.DATA, "only observed by policy b");
  }

  @Test
  void observingEndsAStopThatWasBegun() {
    Story story = off();
    story.look(running).sends(CANCEL_BACKUPSET);
    story.write(policy("hz").observe());
    story.seconds(60).look(running).sends().data(State.WOULD_STOP, ReasonCode.POLICY_OBSERVES);
  }
}
