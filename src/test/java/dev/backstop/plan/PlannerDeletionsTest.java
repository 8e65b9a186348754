package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Statement.STOP_ARCHIVELOG;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Kind;
import dev.backstop.plan.Plan.Release;
import dev.backstop.policy.OnDelete;
import dev.backstop.testing.Looks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stops what a deleted policy asked for, once the deletion is effective. */
class PlannerDeletionsTest {

  private final Looks running = look().set(7, "BACKUP").flag(true).archive("DOING");

  private Story counted(Looks sight) {
    Story story = Story.with(policy("hz").on());
    story.look(sight).sends();
    story.delete("hz");
    story.seconds(2).look(sight).sends().data(State.DRIFTED, ReasonCode.DELETION_GRACE);
    story.seconds(28).look(sight).sends().data(State.DRIFTED, ReasonCode.DELETION_GRACE);
    return story.seconds(2);
  }

  @Test
  void deletionsPermitNothingAnyMoreWhereNothingRuns() {
    Story story = Story.with(policy("hz").on());
    story.look(look()).data(State.PERMITTED, ReasonCode.POLICY_ON);
    story.delete("hz");
    story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
  }

  @Test
  void deletionsProtectUntilTheyCountAndForbidFromThenOnUntilProvenEachKindByItself() {
    Story story = counted(running);
    story.look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
    Looks dataGone = look().flag(true).archive("DOING");
    story.seconds(2).look(dataGone).releases();
    story
        .seconds(2)
        .look(dataGone)
        .proves(Kind.DATA)
        .releases(new Release("hz", Kind.DATA, Release.Cause.PROVEN));
    story.seconds(2).look(dataGone).data(State.UNMANAGED, ReasonCode.NO_POLICY);
    Looks gone = look().archive("PAUSED");
    story.seconds(2).look(gone).releases().log(State.STOPPING, ReasonCode.SECOND_LOOK);
    story.seconds(2).look(gone).releases(new Release("hz", Kind.LOG, Release.Cause.PROVEN));
    assertThat(story.registry.policies()).isEmpty();
  }

  @Test
  void deletionsSayWhenTheyCountAndHowToWithdrawThem() {
    Story story = Story.with(policy("hz").on());
    story.look(running);
    story.delete("hz").look(running).says(Kind.DATA, "2026-03-01T08:00:30Z", "put the file back");
  }

  @Test
  void deletionsAreWithdrawnByPuttingTheFileBack() {
    Story story = Story.with(policy("hz").on());
    story.look(running);
    story.delete("hz").seconds(2).look(running);
    story
        .write(policy("hz").on())
        .seconds(10)
        .look(running)
        .data(State.PERMITTED, ReasonCode.POLICY_ON);
    story.pass(Duration.ofHours(1)).look(running).sends();
  }

  @Test
  void deletionsAreEndedByPuttingTheFileBackLater() {
    Story story = counted(running);
    story.look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
    story.write(policy("hz").on());
    story
        .seconds(2)
        .look(look().set(7, "CANCEL").flag(true).archive("DOING"))
        .sends()
        .data(State.PERMITTED, ReasonCode.POLICY_ON)
        .log(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void deletionsAreProvenOnlyByTwoLooksAfterTheyCounted() {
    Story story = Story.with(policy("hz"));
    story.look(look());
    story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    story.delete("hz").look(look());
    story.seconds(32).look(look()).releases().data(State.STOPPING, ReasonCode.SECOND_LOOK);
    story
        .seconds(2)
        .look(look())
        .releases(
            new Release("hz", Kind.DATA, Release.Cause.PROVEN),
            new Release("hz", Kind.LOG, Release.Cause.PROVEN));
  }

  @Test
  void deletionsAreForgottenAtOnceOnFourAndLater() {
    Looks four = look().version(4, 2, 1).blindTo(Area.SETS).blindTo(Area.PIECES);
    Story story = Story.with(policy("hz"));
    story.look(four);
    story.delete("hz").look(four);
    story
        .seconds(30)
        .look(four)
        .releases(
            new Release("hz", Kind.DATA, Release.Cause.UNSUPPORTED),
            new Release("hz", Kind.LOG, Release.Cause.UNSUPPORTED));
  }

  @Test
  void deletionsThatAreOnlyObservedAreRecordedAndForgotten() {
    Story story = Story.with(policy("hz").on().observe());
    story.look(running);
    story.delete("hz").look(running).sends();
    story
        .seconds(30)
        .look(running)
        .sends()
        .data(State.WOULD_STOP, ReasonCode.POLICY_OBSERVES)
        .releases(
            new Release("hz", Kind.DATA, Release.Cause.WOULD_STOP),
            new Release("hz", Kind.LOG, Release.Cause.WOULD_STOP));
  }

  @Test
  void deletionsOfBlindClustersStayUntilTheyCanBeJudged() {
    Looks dark = look().blindTo(Area.EVERYTHING, Cause.UNREACHABLE);
    Story story = Story.with(policy("hz").on());
    story.look(running);
    story.delete("hz").look(dark);
    story.seconds(30).look(dark).releases();
    story.pass(Duration.ofDays(3)).look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
  }

  @Test
  void deletionsOfTenantsForbidNoClusterLevelJob() {
    Story story = Story.with(policy("pay").tenants("1001").on());
    Looks cluster = look().set(7, "BACKUP");
    story.look(cluster);
    story.delete("pay").look(cluster);
    story.seconds(30).look(cluster).sends();
    story
        .seconds(2)
        .look(cluster)
        .sends()
        .releases(
            new Release("pay", Kind.DATA, Release.Cause.PROVEN),
            new Release("pay", Kind.LOG, Release.Cause.PROVEN));
  }

  @Test
  void deletionsDoNotOutweighAnotherPolicysOn() {
    Story story = Story.with(policy("a"), policy("b").tenants("1001").on());
    Looks tenant = look().set(7, 1001, "BACKUP");
    story.look(tenant).sends();
    story.delete("a").look(tenant);
    story.seconds(30).look(tenant).sends();
    story.seconds(2).look(tenant).sends();
    assertThat(story.registry.ofName("a")).isEmpty();
  }

  @Test
  void deletionsGoOnWithAStopBegunBeforeTheFileVanished() {
    Story story = off();
    story.look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
    story.delete("hz");
    story.seconds(2).look(running).data(State.STOPPING, ReasonCode.SENT);
    story.seconds(60).look(running).sends(CANCEL_BACKUPSET, STOP_ARCHIVELOG);
  }

  @Test
  void deletionsStartNoNewStopDuringGrace() {
    Story story = off();
    story.look(look());
    story.seconds(2).look(look()).data(State.STOPPED, ReasonCode.NO_JOBS);
    story.delete("hz").look(running).sends().data(State.DRIFTED, ReasonCode.DELETION_GRACE);
  }

  @Test
  void deletionsThatAreHeldSendNothingHoweverLongTheyWait() {
    Story story = Story.with(policy("hz").on().onDelete(OnDelete.HOLD));
    story.look(running);
    story.delete("hz");
    for (int day = 0; day < 10; day++) {
      story
          .pass(Duration.ofDays(1))
          .look(running)
          .sends()
          .data(State.HELD, ReasonCode.DELETION_HELD);
    }
  }

  @Test
  void deletionsThatWillBeForgottenStopNothing() {
    Story story = Story.with(policy("hz").on().onDelete(OnDelete.FORGET));
    story.look(running);
    story.delete("hz").look(running).sends();
    story.seconds(30).look(running).sends().data(State.UNMANAGED, ReasonCode.NO_POLICY);
  }
}
