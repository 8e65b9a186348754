package dev.backstop.plan;

import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.testing.Looks;
import org.junit.jupiter.api.Test;

/** Sends nothing to another cluster than the expected one. */
class PlannerIdentityTest {

  private final Looks running = look().set(7, "BACKUP").piece(8, "DOING");

  @Test
  void gateRefusesAnotherName() {
    off()
        .look(running.answeredBy("c2", 1))
        .sends()
        .data(State.WRONG_CLUSTER, ReasonCode.WRONG_IDENTITY);
  }

  @Test
  void gateRefusesAnotherId() {
    off()
        .look(running.answeredBy("c1", 2))
        .sends()
        .log(State.WRONG_CLUSTER, ReasonCode.WRONG_IDENTITY);
  }

  @Test
  void gateRefusesAnotherTenant() {
    off().look(running.inTenant(1001)).sends().data(State.WRONG_CLUSTER, ReasonCode.WRONG_TENANT);
  }

  @Test
  void gateRefusesFourAndLater() {
    off()
        .look(running.version(4, 2, 1))
        .sends()
        .data(State.UNSUPPORTED, ReasonCode.VERSION_UNSUPPORTED)
        .log(State.UNSUPPORTED, ReasonCode.VERSION_UNSUPPORTED);
  }

  @Test
  void gateShowsTheWrongClusterBeforeItsVersionAndTheVersionBeforeWhatIsMissing() {
    off()
        .look(look().answeredBy("c2", 1).version(4, 0, 0).blindTo(Area.SETS))
        .data(State.WRONG_CLUSTER, ReasonCode.WRONG_IDENTITY);
    off()
        .look(look().version(4, 0, 0).blindTo(Area.SETS))
        .data(State.UNSUPPORTED, ReasonCode.VERSION_UNSUPPORTED);
  }

  @Test
  void gateLeavesAClusterAloneThatNoPolicyNames() {
    Story.with(policy("other").on("c2"))
        .look(running.answeredBy("c9", 9))
        .sends()
        .data(State.UNMANAGED, ReasonCode.NO_POLICY)
        .log(State.UNMANAGED, ReasonCode.NO_POLICY);
  }
}
