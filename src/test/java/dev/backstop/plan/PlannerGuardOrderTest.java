package dev.backstop.plan;

import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.Kind;
import dev.backstop.plan.PlanInput.Restrictions;
import dev.backstop.policy.OnDelete;
import dev.backstop.testing.Looks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shows the first guard that keeps a statement back. */
class PlannerGuardOrderTest {

  private final Looks both = look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP");

  @Test
  void disarmedComesBeforeHeldBlockedAndWouldStop() {
    Story story =
        Story.with(
            policy("pay").tenants("1001").onDelete(OnDelete.HOLD),
            policy("x").tenants("9999").observe());
    story.look(both);
    story.delete("pay").seconds(2).look(both).sends().data(State.HELD, ReasonCode.DELETION_HELD);
    story.disarmed().seconds(2).look(both).sends().data(State.DISARMED, ReasonCode.DISARMED);
  }

  @Test
  void blockedComesBeforeWouldStop() {
    Story.with(policy("pay").tenants("1001").observe())
        .look(both)
        .sends()
        .data(State.BLOCKED, ReasonCode.OTHERS_JOBS);
  }

  @Test
  void disarmedNamesItsReasonAndRelease() {
    off()
        .disarmed()
        .look(look().set(7, "BACKUP"))
        .sends()
        .says(Kind.DATA, "disarmed by kim: maintenance", "backstop arm c1");
  }

  @Test
  void nothingForbiddenIsNeitherDisarmedNorHeld() {
    Story story = Story.with(policy("hz").on()).disarmed();
    story.look(look().set(7, "BACKUP")).data(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void unreadableStoreHoldsEveryStop() {
    Story story = off();
    story.restrictions = new Restrictions("", "", null, List.of(), true);
    story
        .look(look().set(7, "BACKUP"))
        .sends()
        .data(State.HELD, ReasonCode.STORE_UNREADABLE)
        .says(Kind.DATA, "backstop approve store-unreadable");
  }

  @Test
  void anOffThatForbidsNothingLeavesAnOnPermitted() {
    Story.with(policy("all").on(), policy("pay").tenants("1001"))
        .look(look().set(7, 1001, "BACKUP"))
        .sends()
        .data(State.PERMITTED, ReasonCode.POLICY_ON);
  }
}
