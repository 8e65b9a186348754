package dev.backstop.plan;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Kind;
import dev.backstop.policy.OnDelete;
import dev.backstop.testing.Looks;
import dev.backstop.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A backup window says off outside by the policy's own authority, and an edge is no edit. */
class PlannerWindowsTest {

  private static final Looks IDLE = look();
  private static final Instant CLOSES = Story.START.plus(Duration.ofMinutes(10));
  private static final Duration TO_THE_EDGE = Duration.ofMinutes(10);
  private static final Duration CLOSED_FOR = Duration.ofHours(14);

  private static Looks running() {
    return look().set(7, "BACKUP");
  }

  private static Story stopping() {
    return Story.with(policy("hz").within(Permits.until(CLOSES)));
  }

  private static Story finishing() {
    return Story.with(policy("hz").within(Permits.finishingAfter(CLOSES)));
  }

  @Test
  void windowThatClosesStopsWhatRunsAndProvesIt() {
    Story story = stopping();
    story.look(running()).sends().data(State.PERMITTED, ReasonCode.POLICY_ON);
    story.pass(TO_THE_EDGE.minusMillis(1)).look(running()).sends();
    story
        .pass(Duration.ofMillis(1))
        .look(running())
        .sends(Statement.CANCEL_BACKUPSET)
        .says(Kind.DATA, "outside the backup window until Sun 22:10 +00:00");
    story.seconds(2).look(IDLE).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story
        .seconds(2)
        .look(IDLE)
        .proves(Kind.DATA)
        .data(State.STOPPED, ReasonCode.NO_JOBS)
        .says(Kind.DATA, "no jobs; outside the backup window until Sun 22:10 +00:00");
  }

  @Test
  void edgeTakesNothingOfTheBudget() {
    Story story = stopping();
    story.look(running());
    story.admits = false;
    story.pass(TO_THE_EDGE).look(running()).sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void policyThatAppearsOutsideItsWindowIsAnEdit() {
    Story story = Story.with(policy("hz").on());
    story.pass(TO_THE_EDGE).look(running());
    story.admits = false;
    story
        .write(policy("hz").within(Permits.until(CLOSES)))
        .seconds(2)
        .look(running())
        .sends()
        .data(State.HELD, ReasonCode.BUDGET_HELD);
  }

  @Test
  void nothingRunsWhenItClosesAndTwoLooksProveIt() {
    Story story = stopping();
    story.look(IDLE).data(State.PERMITTED, ReasonCode.POLICY_ON);
    story.pass(TO_THE_EDGE).look(IDLE).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.seconds(2).look(IDLE).sends().data(State.STOPPED, ReasonCode.NO_JOBS);
    story.pass(CLOSED_FOR).look(IDLE).data(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void jobThatStartsInTheWindowIsNoReturnWhenItCloses() {
    Story story = stopping();
    story.look(running());
    story.pass(TO_THE_EDGE).look(running()).sends(Statement.CANCEL_BACKUPSET);
    story.seconds(2).look(IDLE);
    story.seconds(2).look(IDLE).proves(Kind.DATA);
    story.pass(CLOSED_FOR).look(look().set(8, "BACKUP")).returns(false).sends();
    story
        .pass(Duration.ofHours(10))
        .look(look().set(8, "BACKUP"))
        .returns(false)
        .sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void jobThatStartsOutsideIsAReturnAlsoWhenTheWindowWasOpenInBetween() {
    Story story = stopping();
    story.look(running());
    story.pass(TO_THE_EDGE).look(running()).sends(Statement.CANCEL_BACKUPSET);
    story.seconds(2).look(IDLE);
    story.seconds(2).look(IDLE).proves(Kind.DATA);
    story.pass(CLOSED_FOR).look(IDLE);
    story.pass(Duration.ofHours(10)).look(IDLE);
    story.seconds(60).look(look().set(8, "BACKUP")).returns(true);
  }

  @Test
  void jobThatIsStartedAgainOutsideIsAReturnAndAnEdgeEndsNoContest() {
    Story story = stopping();
    story.pass(TO_THE_EDGE).look(running()).sends(Statement.CANCEL_BACKUPSET);
    for (long job = 8; job <= 10; job++) {
      story.seconds(2).look(IDLE);
      story.seconds(2).look(IDLE).proves(Kind.DATA);
      story.seconds(60).look(look().set(job, "BACKUP")).returns(true);
    }
    story.look(look().set(10, "BACKUP")).data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
    story.pass(CLOSED_FOR).look(IDLE).data(State.PERMITTED, ReasonCode.POLICY_ON);
    assertThat(story.record.data().contention().count()).isEqualTo(3);
  }

  @Test
  void openingEndsAStop() {
    Story story = stopping();
    story.pass(TO_THE_EDGE.plus(CLOSED_FOR).minusSeconds(1)).look(running());
    assertThat(story.record.data().isStopOutstanding()).isTrue();
    story.seconds(1).look(running()).sends().data(State.PERMITTED, ReasonCode.POLICY_ON);
    assertThat(story.record.data().isStopOutstanding()).isFalse();
  }

  @Test
  void editThatStopsWhatTheClocksAloneKeptRunningNeedsAUnit() {
    Duration wrong = Duration.ofSeconds(-301);
    Story story = stopping();
    story.look(running());
    story.pass(TO_THE_EDGE);
    story.look(running().clockAhead(wrong)).sends().data(State.BLOCKED, ReasonCode.CLOCK_DISAGREES);
    story.admits = false;
    story
        .write(policy("hz").off())
        .seconds(2)
        .look(running().clockAhead(wrong))
        .sends()
        .data(State.HELD, ReasonCode.BUDGET_HELD);
    story.look(running()).sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void nothingIsStoppedWhileTheClocksDisagree() {
    Story story = stopping();
    story.pass(TO_THE_EDGE);
    story
        .look(running().clockAhead(Duration.ofSeconds(-301)))
        .sends()
        .data(State.BLOCKED, ReasonCode.CLOCK_DISAGREES)
        .says(Kind.DATA, "5 min 1 s away");
    story
        .seconds(2)
        .look(running().withoutClock())
        .sends()
        .data(State.BLOCKED, ReasonCode.CLOCK_DISAGREES);
    story
        .seconds(2)
        .look(running().clockAhead(Duration.ofMinutes(5)))
        .sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void offNeedsNoClock() {
    Story.off().look(running().withoutClock()).sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void onWhoseFileIsGoneStillNeedsTheClockBesideAnOff() {
    Policies hz = policy("hz").within(Permits.until(CLOSES)).onDelete(OnDelete.FORGET);
    Looks sight = look().set(7, 1001, "BACKUP");
    Story story = Story.with(hz, policy("pay").tenants("1001").off());
    story.look(sight).sends();
    assertNeedsTheClock(story.delete("hz"), sight);
  }

  @Test
  void onOfATenantNeedsTheClockForAJobOfTheWholeClusterBesideAnOff() {
    Policies pay = policy("pay").tenants("1001").within(Permits.until(CLOSES));
    assertNeedsTheClock(Story.with(pay, policy("hz").off()), running());
  }

  private static void assertNeedsTheClock(Story story, Looks sight) {
    story
        .pass(TO_THE_EDGE)
        .look(sight.clockAhead(Duration.ofSeconds(-301)))
        .sends()
        .data(State.BLOCKED, ReasonCode.CLOCK_DISAGREES)
        .says(Kind.DATA, "outside the backup window until Sun 22:10 +00:00, but the server's");
    story.seconds(2).look(sight.clockAhead(Duration.ZERO)).sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void offNeedsNoClockBesideAWindowForOthers() {
    Policies pay = policy("pay").tenants("1002").within(Permits.until(CLOSES));
    Story.with(pay, policy("hz").off())
        .pass(TO_THE_EDGE)
        .look(look().set(7, 1001, "BACKUP").withoutClock())
        .sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void whatWasSeenBeforeMayFinishAndTheArchiveIsStopped() {
    Looks both = running().flag(true).archive("DOING");
    Story story = finishing();
    story.look(both).sends();
    story
        .pass(TO_THE_EDGE)
        .look(both)
        .sends(Statement.STOP_ARCHIVELOG)
        .data(State.PERMITTED, ReasonCode.FINISHING)
        .says(Kind.DATA, "may finish: backup set job 7");
    story.pass(Duration.ofHours(2)).look(running().archive("PAUSED")).sends();
    story.seconds(2).look(look().archive("PAUSED")).data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.seconds(2).look(look().archive("PAUSED")).data(State.STOPPED, ReasonCode.NO_JOBS);
    story
        .seconds(2)
        .look(look().set(8, "BACKUP").archive("PAUSED"))
        .sends(Statement.CANCEL_BACKUPSET)
        .returns(false);
  }

  @Test
  void firstLookAfterTheEdgeCountsUnlessOneJustBeforeLackedTheJob() {
    Story late = finishing();
    late.pass(TO_THE_EDGE.minusSeconds(2)).look(IDLE);
    late.seconds(3).look(running()).sends().data(State.PERMITTED, ReasonCode.FINISHING);

    Story close = finishing();
    close.pass(TO_THE_EDGE.minusMillis(1999)).look(IDLE);
    close.seconds(3).look(running()).sends(Statement.CANCEL_BACKUPSET);

    Story blind = finishing();
    blind.pass(TO_THE_EDGE.minusSeconds(30)).look(IDLE);
    blind.seconds(29).look(look().blindTo(Area.SETS));
    blind.seconds(2).look(running()).sends().data(State.PERMITTED, ReasonCode.FINISHING);
  }

  @Test
  void jobOfUnknownAgeMayFinishAtAPolicysFirstLook() {
    Story story = finishing();
    story.pass(TO_THE_EDGE.plus(Duration.ofHours(3))).look(running()).sends();
    story.seconds(30).look(running()).sends().data(State.PERMITTED, ReasonCode.FINISHING);
    story.seconds(30).look(look().set(8, "BACKUP")).sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void daemonThatWasAwayOverTheEdgeLetsFinishWhatItFinds() {
    Story story = finishing();
    story.look(IDLE);
    story.pass(TO_THE_EDGE.plus(Duration.ofHours(5))).look(running()).sends();
    story.seconds(2).look(running()).data(State.PERMITTED, ReasonCode.FINISHING);
  }

  @Test
  void clockThatIsPutBackOverTheEdgeForgetsNothing() {
    Story story = finishing();
    story.pass(TO_THE_EDGE.plusSeconds(10)).look(IDLE);
    story.seconds(10).look(look().set(8, "BACKUP")).sends(Statement.CANCEL_BACKUPSET);
    story.clockJumps(Duration.ofHours(-1)).seconds(30);
    story.look(look().set(8, "CANCEL")).sends();
    story.look(look().set(9, "BACKUP")).sends().data(State.PERMITTED, ReasonCode.POLICY_ON);
    story.pass(Duration.ofHours(1)).look(look().set(9, "BACKUP")).sends();
  }

  @Test
  void endOfASetJobIsToldHalfAnHourBefore() {
    Story story = stopping();
    story
        .look(running())
        .says(
            Kind.DATA,
            "closes Sun 08:10 +00:00: backup set job 7 (cluster, BACKUP) will be stopped");
    Instant later = Story.START.plus(Duration.ofMinutes(31));
    Story early = Story.with(policy("hz").within(Permits.until(later)));
    assertThat(early.look(running()).plan().kind(Kind.DATA).reason().words())
        .isEqualTo("permitted by policy hz");
  }

  @Test
  void windowIsShownWithItsNextChange() {
    Story story = stopping();
    assertThat(story.look(IDLE).plan().kind(Kind.LOG).window())
        .isEqualTo(new WindowState(true, CLOSES));
    story.pass(TO_THE_EDGE);
    assertThat(story.look(IDLE).plan().kind(Kind.DATA).window())
        .isEqualTo(new WindowState(false, CLOSES.plus(CLOSED_FOR)));
    assertThat(Story.off().look(IDLE).plan().kind(Kind.DATA).window()).isNull();
  }

  @Test
  void brokenFileOutsideItsWindowStartsNoStopAndOneBegunGoesOn() {
    Story broken = stopping();
    broken.look(running());
    broken
        .spoil("hz")
        .pass(TO_THE_EDGE)
        .look(running())
        .sends()
        .data(State.BLOCKED, ReasonCode.BROKEN_POLICY);

    Story begun = stopping();
    begun.look(running());
    begun.pass(TO_THE_EDGE).look(running()).sends(Statement.CANCEL_BACKUPSET);
    begun.spoil("hz").seconds(60).look(running()).sends(Statement.CANCEL_BACKUPSET);
  }
}
