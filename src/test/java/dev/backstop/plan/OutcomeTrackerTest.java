package dev.backstop.plan;

import static dev.backstop.plan.Plan.Release.Cause.PROVEN;
import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Statement.STOP_ARCHIVELOG;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Kind;
import dev.backstop.plan.Plan.Release;
import dev.backstop.testing.Looks;
import dev.backstop.testing.Policies;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tells what becomes of a stop under way when the policies are edited. */
class OutcomeTrackerTest {

  private static final Looks EMPTY = look();

  @Test
  void whatStartedWhileItWasPermittedIsNoReturn() {
    Story story = Story.with(policy("hz").off());
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.write(policy("hz").on()).seconds(2).look(look().set(8, "BACKUP")).returns(false);
    story
        .write(policy("hz").off())
        .seconds(2)
        .look(look().set(8, "BACKUP"))
        .returns(false)
        .sends(CANCEL_BACKUPSET);
    story.seconds(2).look(look().set(9, "BACKUP")).returns(true);
  }

  /** The first quiet look may be wrong, so that the stop lasts until the second agrees. */
  @Test
  void aStopTakesFromItsFirstStatementToTheLookThatProvesIt() {
    Story story = Story.with(policy("hz").off());
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.seconds(3).look(EMPTY).proves();
    story.seconds(5).look(EMPTY).provesAfter(Kind.DATA, Duration.ofSeconds(8));
  }

  @Test
  void whoeverOnlyObservesFromNowOnProvesNothing() {
    Story story = Story.with(policy("hz").off());
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.write(policy("hz").off().observe()).seconds(2).look(look().set(7, "CANCEL"));
    assertThat(story.record.data().isStopOutstanding()).isFalse();
    story.seconds(2).look(EMPTY).proves();
    story.seconds(2).look(EMPTY).proves().data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  /** The other one forbids nothing, so that it can't keep the stop alive. */
  @Test
  void whoeverOnlyObservesBesideAPolicyThatPermitsProvesNothingEither() {
    Story story = Story.with(policy("a").on().tenants("1001"), policy("b").off());
    story.look(look().set(7, 1002, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.write(policy("b").off().observe()).seconds(2).look(look().set(7, 1002, "CANCEL"));
    assertThat(story.record.data().isStopOutstanding()).isFalse();
  }

  @Test
  void whatADeletionForbidsGoesOnBeingProven() {
    Story story = Story.with(policy("hz").off());
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.delete("hz").seconds(2).look(look().set(7, "CANCEL"));
    story.seconds(2).look(EMPTY).proves();
    story.seconds(2).look(EMPTY).proves(Kind.DATA);
  }

  /** It came back when it was permitted: nobody saw it gone twice. */
  @Test
  void whatRunsByPermissionIsNotProvenToHaveStopped() {
    Looks archive = look().archive("DOING").flag(true);
    Story story = Story.with(policy("a").off());
    story.look(archive).sends(STOP_ARCHIVELOG);
    story.write(policy("b").off().on(Kind.LOG).tenants("1001"));
    story.seconds(2).look(look().flag(false)).proves();
    story.seconds(2).look(archive).proves();
    assertThat(story.record.log().isStopOutstanding()).isFalse();

    story.write(policy("b").off()).seconds(20).look(archive).sends();
    story.seconds(40).look(archive).sends(STOP_ARCHIVELOG);
  }

  @Test
  void whatStartedByPermissionKeepsNothingBeforeItFromBeingProven() {
    Looks permitted = look().set(8, 1001, "BACKUP");
    Story story = Story.with(policy("a").off());
    story.look(look().set(7, 1002, "BACKUP")).sends(CANCEL_BACKUPSET);
    story.write(policy("b").on().tenants("1001"));
    story.seconds(2).look(EMPTY).proves();
    story.seconds(2).look(permitted).proves(Kind.DATA);
  }

  /**
   * While one process writes down that a deletion counts, another one looks, and the clock is put
   * forward meanwhile.
   */
  @Test
  void whatWasProvenBeforeADeletionCountedDoesNotEndItThoughTheClockJumpedInBetween() {
    Looks elsewhere = look().set(7, 1002, "BACKUP");
    Story story = Story.with(policy("hz").off().tenants("1001"));
    story.look(elsewhere);
    story.seconds(2).look(elsewhere).data(State.STOPPED, ReasonCode.NO_JOBS);
    story.delete("hz").seconds(2).look(elsewhere);
    TimelineInstant scanned = story.seconds(29).clockJumps(Duration.ofSeconds(157)).timeline();
    story.pass(Duration.ofMillis(3)).lookByThisRegistry(elsewhere);
    story.counts("hz", scanned).pass(Duration.ofMillis(3)).look(elsewhere).releases();
    story
        .seconds(2)
        .look(elsewhere)
        .releases(new Release("hz", Kind.DATA, PROVEN), new Release("hz", Kind.LOG, PROVEN));
  }

  /** A look that began before the scan that let the deletion count may end after it. */
  @Test
  void aLookThatBeganBeforeADeletionCountedIsNotTheFirstOfTwoThatProveIt() {
    Story story = Story.with(policy("hz").off());
    story.look(EMPTY);
    story.delete("hz").seconds(2).look(EMPTY);
    story
        .counts("hz", story.seconds(2).timeline().plus(Duration.ofMillis(500)))
        .lookByThisRegistry(EMPTY)
        .releases();
    story.seconds(2).look(EMPTY).releases();
    story
        .seconds(2)
        .look(EMPTY)
        .releases(new Release("hz", Kind.DATA, PROVEN), new Release("hz", Kind.LOG, PROVEN));
  }

  @Test
  void anEditOfWhatIsStoppedKeepsTheProof() {
    Story story = Story.with(policy("hz").off());
    story.look(EMPTY);
    story.seconds(2).look(EMPTY).data(State.STOPPED, ReasonCode.NO_JOBS);
    story.write(policy("hz").off().every(Duration.ofMinutes(3)));
    story.seconds(2).look(EMPTY).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  /** What is permitted of the pieces says nothing about the archive. */
  @Test
  void aPieceJobThatIsPermittedKeepsTheArchiveFromNoProof() {
    Looks permitted = look().flag(false).piece(8, 1001, "DOING");
    Story story = Story.with(policy("a").off());
    story.look(look().archive("DOING").flag(true)).sends(STOP_ARCHIVELOG);
    story.write(policy("b").off().on(Kind.LOG).tenants("1001"));
    story.seconds(2).look(look().flag(false)).proves();
    story.seconds(2).look(permitted).proves(Kind.LOG);
  }

  /** No look saw the edit and the job together, so that the stop is not ended by the edit alone. */
  @Test
  void theVeryJobThatIsPermittedByThenIsNotProvenToHaveStopped() {
    Looks running = look().set(7, 1001, "BACKUP");
    Story story = Story.with(policy("a").off());
    story.look(running).sends(CANCEL_BACKUPSET);
    story.write(policy("b").on().tenants("1001"));
    story.seconds(2).look(running.blindTo(Area.SETS)).proves();
    Looks still = look().set(7, 1001, "BACKUP");
    story.seconds(2).look(still).proves();
    story.seconds(2).look(still).proves();
  }

  @Test
  void anEditThatPermitsAllThatRunsEndsTheStopAtOnce() {
    Looks running = look().set(7, 1001, "BACKUP");
    Story story = Story.with(policy("a").off());
    story.look(running).sends(CANCEL_BACKUPSET);
    story.write(policy("b").on().tenants("1001")).seconds(2).look(running);
    assertThat(story.record.data().isStopOutstanding()).isFalse();
  }

  private static Story contested(Policies... policies) {
    Story story = Story.with(policies);
    story.look(look().set(7, "BACKUP")).sends(CANCEL_BACKUPSET);
    for (long id = 8; id <= 10; id++) {
      story.seconds(2).look(EMPTY);
      story.seconds(2).look(EMPTY);
      story.seconds(2).look(look().set(id, "BACKUP")).returns(true);
    }
    story.seconds(2).look(look().set(10, "BACKUP")).sends();
    assertThat(story.record.data().contention().isOn()).isTrue();
    return story;
  }

  @Test
  void anEditOfThePolicyEndsItsContest() {
    Story story = contested(policy("hz"));
    story.write(policy("hz").every(Duration.ofMinutes(3))).seconds(2);
    story.look(look().set(10, "BACKUP")).sends(CANCEL_BACKUPSET);
  }

  @Test
  void anotherPolicyThatComesOrGoesOrIsEditedEndsNoContest() {
    Looks back = look().set(10, "BACKUP");
    Story story = contested(policy("hz"), policy("x").tenants("1001"));
    story.write(policy("x").tenants("1002")).seconds(2);
    story.look(back).sends().data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
    story.delete("x").write(policy("y").tenants("1003")).seconds(2);
    story.look(back).sends().data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
  }

  @Test
  void aPolicyThatForbidsNothingOfWhatCameBackEndsNoContestByItsDeletion() {
    Looks back = look().set(10, "BACKUP");
    Story story = contested(policy("hz"), policy("x").tenants("1001"));
    story.delete("x").write(policy("x").tenants("1002")).seconds(2);
    story.look(back.name("pay", 1002)).sends().data(State.CONTESTED, ReasonCode.RETURNED_TOO_OFTEN);
  }
}
