package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.Story.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tells since when a state lasts, and when to look next. */
class PlanTimesTest {

  @Test
  void aStateLastsSinceItBegan_andAnotherOneBeginsWithItsLook() {
    Story story = Story.with(policy("hz").off());
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    Step second = story.seconds(2).look(look().set(7, "CANCEL"));
    assertThat(second.plan().kind(Kind.DATA).since()).isEqualTo(Story.START);
    story.seconds(2).look(look());
    Step proven = story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    assertThat(proven.plan().kind(Kind.DATA).since()).isEqualTo(Story.START.plusSeconds(6));
    Step later = story.seconds(30).look(look());
    assertThat(later.plan().kind(Kind.DATA).since()).isEqualTo(Story.START.plusSeconds(6));
  }

  @Test
  void whileAStopIsOutstandingLooksFollowEachOtherCloselyWhateverMustWait() {
    Story story = Story.with(policy("hz").off());
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    Step waiting = story.seconds(2).look(look().set(7, "BACKUP")).sends();
    assertThat(waiting.plan().nextLook()).isEqualTo(story.now().plusSeconds(2));
  }

  @Test
  void whereNoStopIsOutstandingTheNextLookIsWhenTheWaitEnds() {
    Story story = Story.with(policy("hz").off());
    Step waiting = story.look(look().set(7, "CANCEL")).sends();
    assertThat(waiting.plan().nextLook())
        .as("log awaits its second look, data its rows")
        .isEqualTo(story.now().plusSeconds(2));
    story.seconds(2).look(look().set(7, "CANCEL"));
    Step later = story.seconds(2).look(look().set(7, "CANCEL")).sends();
    assertThat(later.plan().nextLook()).isEqualTo(Story.START.plusSeconds(60));
  }

  /** NOT_VERIFIED is an alert that is kept: the time in it is the one at which something goes. */
  @Test
  void theTimeOfTheNextStatementIsThatOfItsPaceWhereRowsAreAtRestBefore() {
    Story story = Story.with(policy("hz").off().verifyWithin(Duration.ofMinutes(1)));
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    for (int i = 0; i < 35; i++) {
      story.seconds(2).look(look().set(7, "CANCEL"));
    }
    story
        .seconds(2)
        .look(look().set(7, "FINISH"))
        .sends()
        .data(State.NOT_VERIFIED, ReasonCode.NOT_PROVEN_IN_TIME)
        .says(
            Kind.DATA,
            "the next statement goes at 2026-03-01T08:10:00Z if nothing moves until then");
  }
}
