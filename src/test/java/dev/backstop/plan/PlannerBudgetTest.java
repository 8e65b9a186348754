package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPPIECE;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.testing.Looks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Holds edits beyond the hourly budget. */
class PlannerBudgetTest {

  private final Looks running = look().set(7, "BACKUP");

  private Story held() {
    Story story = Story.with(policy("hz").on());
    story.look(running);
    story.admits = false;
    story.write(policy("hz").off());
    story.seconds(2).look(running).sends().data(State.HELD, ReasonCode.BUDGET_HELD);
    return story;
  }

  @Test
  void editsAreHeldUntilUndone() {
    Story story = held();
    story.pass(Duration.ofHours(2)).look(running).sends().data(State.HELD, ReasonCode.BUDGET_HELD);
    story.write(policy("hz").on()).look(running).data(State.PERMITTED, ReasonCode.POLICY_ON);
    assertThat(story.record.budgetHold()).isNull();
  }

  @Test
  void anotherEditDoesNotReleaseWhatIsHeld() {
    Story story = held();
    story.admits = true;
    story.pass(Duration.ofHours(2)).write(policy("more").tenants("1001"));
    story.look(running).sends().data(State.HELD, ReasonCode.BUDGET_HELD);
    assertThat(story.record.budgetHold()).isNotNull();
  }

  @Test
  void whatWasForbiddenBeforeGoesOn() {
    Story story = Story.with(policy("hz").on(Kind.DATA));
    story.look(running.piece(8, "DOING")).sends(CANCEL_BACKUPPIECE);
    story.admits = false;
    story.write(policy("hz").off());
    story
        .seconds(60)
        .look(running)
        .sends(CANCEL_BACKUPPIECE)
        .data(State.HELD, ReasonCode.BUDGET_HELD);
  }
}
