package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPPIECE;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;

import dev.backstop.observation.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stops piece jobs one after the other, look by look. */
class PlannerPieceJobsTest {

  @Test
  void pieceJobsQueuedThreeDeepNeedThreeStatementsAndNoneWhileNothingMoved() {
    Story story = off();
    story
        .look(look().piece(1, "DOING").piece(2, "SCHEDULE").piece(3, "SCHEDULE"))
        .sends(CANCEL_BACKUPPIECE);
    story
        .seconds(2)
        .watch(
            Duration.ofSeconds(8),
            look().piece(1, "CANCEL").piece(2, "SCHEDULE").piece(3, "SCHEDULE"));
    story
        .seconds(2)
        .look(look().piece(2, "DOING").piece(3, "SCHEDULE"))
        .sends(CANCEL_BACKUPPIECE)
        .returns(false);
    story.seconds(2).look(look().piece(2, "FINISH").piece(3, "SCHEDULE")).sends();
    story.seconds(2).look(look().piece(3, "DOING")).sends(CANCEL_BACKUPPIECE);
    story.seconds(2).look(look()).sends();
    story
        .seconds(2)
        .look(look())
        .sends()
        .proves(Kind.LOG)
        .log(State.STOPPED, ReasonCode.NEVER_PAUSED);
  }

  @Test
  void pieceJobsAreJudgedByTheLowestIdInWhateverOrderTheRowsCome() {
    off().look(look().piece(3, "SCHEDULE").piece(1, "CANCEL").piece(2, "SCHEDULE")).sends();
    off()
        .look(look().piece(3, "CANCEL").piece(1, "DOING").piece(2, "CANCEL"))
        .sends(CANCEL_BACKUPPIECE);
  }

  @Test
  void pieceJobsHangingInFinishAreRetriedAfterSixtySecondsUnchanged_whateverOthersDo() {
    Story story = off();
    story.watch(Duration.ofSeconds(30), look().piece(1, "FINISH"));
    story.seconds(2);
    story.watch(Duration.ofSeconds(26), look().piece(1, "FINISH").piece(2, "SCHEDULE"));
    story.seconds(2).look(look().piece(1, "FINISH").piece(2, "SCHEDULE")).sends(CANCEL_BACKUPPIECE);
  }

  @Test
  void cleanIsNoWordForPiecesOnTheirWayOut() {
    off().look(look().piece(1, "CLEAN")).sends(CANCEL_BACKUPPIECE);
  }

  @Test
  void pieceJobGoingBackToDoingIsNoProgress() {
    Story story = off();
    story.look(look().piece(1, "SCHEDULE")).sends(CANCEL_BACKUPPIECE);
    story.seconds(2).look(look().piece(1, "CANCEL")).sends();
    story.seconds(2);
    story.watch(Duration.ofSeconds(54), look().piece(1, "DOING"));
    story.seconds(2).look(look().piece(1, "DOING")).sends(CANCEL_BACKUPPIECE);
  }

  @Test
  void pieceJobsQueuedDuringAStopAreAReturn() {
    Story story = off();
    story.look(look().piece(1, "DOING")).sends(CANCEL_BACKUPPIECE);
    story
        .seconds(2)
        .look(look().piece(1, "CANCEL").piece(2, "SCHEDULE"))
        .sends()
        .returns(true)
        .says(Kind.LOG, "OCP strategy", "cron job");
    story.seconds(2).look(look().piece(1, "CANCEL").piece(2, "SCHEDULE")).returns(false);
  }
}
