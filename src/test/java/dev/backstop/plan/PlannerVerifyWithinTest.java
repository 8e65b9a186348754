package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPPIECE;
import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Statement.STOP_ARCHIVELOG;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Kind;
import dev.backstop.plan.PlanInput.Restrictions;
import dev.backstop.testing.Looks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Shows a stop that is not proven in time. */
class PlannerVerifyWithinTest {

  @Test
  void overdueStopIsTriedAgainTenMinutesAfterTheLastStatement() {
    Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(1)));
    Looks stuck = look().set(7, "BACKUP");
    story.look(stuck).sends(CANCEL_BACKUPSET);
    story.seconds(60).look(stuck).sends(CANCEL_BACKUPSET);
    story.seconds(2).look(stuck).data(State.STOPPING, ReasonCode.SENT);
    story.seconds(2);
    story
        .watch(Duration.ofSeconds(594), stuck)
        .data(State.NOT_VERIFIED, ReasonCode.NOT_PROVEN_IN_TIME);
    story
        .seconds(2)
        .look(stuck)
        .sends(CANCEL_BACKUPSET)
        .data(State.NOT_VERIFIED, ReasonCode.NOT_PROVEN_IN_TIME);
  }

  @Test
  void patienceIsThatOfThePolicyThatForbids() {
    Story story =
        Story.with(
            policy("all").verifyWithin(Duration.ofMinutes(15)),
            policy("pay").tenants("1002").on().verifyWithin(Duration.ofMinutes(1)));
    Looks stuck = look().set(7, 1001, "BACKUP");
    for (int look = 0; look < 90; look++) {
      story.look(stuck).data(State.STOPPING, ReasonCode.SENT);
      story.seconds(2);
    }
  }

  @Test
  void patienceIsNeverShorterThanHalfTheCheckpointIntervalPlusFiveMinutes() {
    Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(1)));
    Looks slow = look().piece(1, "DOING").checkpoint(Duration.ofMinutes(20));
    story.look(slow);
    State shown = State.STOPPING;
    Duration took = Duration.ZERO;
    while (shown == State.STOPPING) {
      shown = story.seconds(2).look(slow).plan().kind(Kind.LOG).state();
      took = took.plusSeconds(2);
    }
    assertThat(shown).isEqualTo(State.NOT_VERIFIED);
    assertThat(took).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(15).plusSeconds(10));
  }

  @Test
  void patienceStartsAnewWithProgress() {
    Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(1)));
    Looks two = look().piece(1, "DOING").piece(2, "SCHEDULE");
    story.look(two);
    for (int look = 0; look < 40; look++) {
      story.seconds(2).look(two);
    }
    story.seconds(2).look(two).log(State.NOT_VERIFIED, ReasonCode.NOT_PROVEN_IN_TIME);
    story
        .seconds(2)
        .look(look().piece(2, "DOING"))
        .sends(CANCEL_BACKUPPIECE)
        .log(State.STOPPING, ReasonCode.SENT);
  }

  @Test
  void patienceKnowsNoProgressOfTheArchive() {
    Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(2)));
    Looks on = look().flag(true).archive("DOING");
    story.look(on).sends(STOP_ARCHIVELOG);
    for (int look = 0; look < 50; look++) {
      story.seconds(2).look(on);
    }
    for (int look = 0; look < 12; look++) {
      story.seconds(2).look(look().archive("DOING"));
    }
    story
        .seconds(2)
        .look(look().archive("DOING"))
        .log(State.NOT_VERIFIED, ReasonCode.NOT_PROVEN_IN_TIME);
  }

  @Test
  void patienceDoesNotRunOutWhileDisarmedOrUnreachable() {
    Story story = Story.with(policy("hz").verifyWithin(Duration.ofMinutes(1)));
    Looks stuck = look().set(7, "BACKUP");
    story.look(stuck).sends(CANCEL_BACKUPSET);
    story.disarmed();
    story.seconds(2).watch(Duration.ofMinutes(5), stuck).data(State.DISARMED, ReasonCode.DISARMED);
    story.restrictions = Restrictions.NONE;
    Looks dark = look().blindTo(Area.EVERYTHING, Cause.UNREACHABLE);
    story.seconds(2).watch(Duration.ofMinutes(5), dark).data(State.UNKNOWN, ReasonCode.UNREACHABLE);
    story.seconds(2).look(stuck).sends(CANCEL_BACKUPSET).data(State.STOPPING, ReasonCode.SENT);
  }
}
