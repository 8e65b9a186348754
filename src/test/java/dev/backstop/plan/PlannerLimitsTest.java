package dev.backstop.plan;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.Kind;
import dev.backstop.testing.Looks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What runs for too long or writes elsewhere is off under an on. */
class PlannerLimitsTest {

  private static final Duration ALLOWED = Duration.ofHours(8);

  private static Looks running() {
    return look().set(7, "BACKUP");
  }

  private static Story limited() {
    return Story.with(policy("hz").within(Permits.runtime(ALLOWED)));
  }

  private static Story listed() {
    return Story.with(policy("hz").within(Permits.to("oss://dr/*")));
  }

  @Test
  void jobThatRunsTooLongIsStopped() {
    Story story = limited();
    story.look(running()).sends();
    story.pass(ALLOWED.minusMillis(1)).look(running()).sends();
    story
        .pass(Duration.ofMillis(1))
        .look(running())
        .sends(Statement.CANCEL_BACKUPSET)
        .says(Kind.DATA, "has run for 8 h, 8 h are allowed");
    story.seconds(2).look(look());
    story.seconds(2).look(look()).proves(Kind.DATA);
  }

  @Test
  void runtimeCountsFromAnotherStatusThanScheduleAndByTheTimeThatPasses() {
    Story story = limited();
    story.look(look().set(7, "SCHEDULE"));
    story.pass(Duration.ofHours(1)).look(running());
    story.clockJumps(Duration.ofHours(24));
    story.pass(ALLOWED.minus(Duration.ofHours(1))).look(running()).sends();
    story.pass(Duration.ofHours(1)).look(running()).sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void jobIsForgottenAtTheFirstWholeLookWithoutIt() {
    Story story = limited();
    story.look(running());
    story.pass(Duration.ofHours(7)).look(look());
    story.seconds(2).look(running());
    story.pass(Duration.ofHours(7)).look(running()).sends();
  }

  @Test
  void archiveHasNoRuntime() {
    Story story = limited();
    Looks archive = look().flag(true).archive("DOING");
    story.look(archive);
    story
        .pass(Duration.ofDays(30))
        .look(archive)
        .sends()
        .log(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void jobThatWasWantedWhenFirstSeenIsNoReturn() {
    Story story = limited();
    story.look(running());
    story.pass(ALLOWED).look(running()).sends(Statement.CANCEL_BACKUPSET);
    story.seconds(2).look(look().set(8, "BACKUP")).returns(false).sends();
    story
        .pass(ALLOWED)
        .look(look().set(8, "BACKUP"))
        .returns(false)
        .sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void jobThatWritesElsewhereIsStopped() {
    listed().look(look().setTo("oss://dr/a?host=h&access_key=***", 7, "BACKUP")).sends();
    listed()
        .look(look().setTo("oss://other/a", 7, "BACKUP"))
        .sends(Statement.CANCEL_BACKUPSET)
        .says(Kind.DATA, "writes to oss://other/a, which the policy does not list");
  }

  @Test
  void neighbourThatWritesToAListedPlaceKeepsTheOtherBlocked() {
    listed()
        .look(look().setTo("oss://other/a", 7, "BACKUP").setTo("oss://dr/a", 8, "BACKUP"))
        .sends()
        .data(State.BLOCKED, ReasonCode.OTHERS_JOBS);
  }

  @Test
  void unknownDestinationIsUnknownWhereAnOnListsSome() {
    listed().look(running()).sends().data(State.UNKNOWN, ReasonCode.DESTINATION_UNREADABLE);
    listed()
        .look(look().setTo("oss://dr/a", 7, "BACKUP").setTo("oss://other/a", 7, "BACKUP"))
        .data(State.UNKNOWN, ReasonCode.DESTINATION_UNREADABLE);
    listed().look(look()).data(State.PERMITTED, ReasonCode.POLICY_ON);
    Story.off().look(running()).sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void archiveWritesToTheParameter() {
    Looks archive = look().flag(true).archive("DOING");
    listed().look(archive).log(State.UNKNOWN, ReasonCode.DESTINATION_UNREADABLE);
    listed().look(archive.archiveTo("oss://dr/log")).log(State.PERMITTED, ReasonCode.POLICY_ON);
    listed().look(archive.archiveTo("oss://else/log")).sends(Statement.STOP_ARCHIVELOG);
  }

  @Test
  void changedLimitIsAnEdit() {
    Story story = Story.with(policy("hz").on());
    story.look(look().setTo("oss://other/a", 7, "BACKUP"));
    story.admits = false;
    story
        .write(policy("hz").within(Permits.to("oss://dr/*")))
        .seconds(2)
        .look(look().setTo("oss://other/a", 7, "BACKUP"))
        .sends()
        .data(State.HELD, ReasonCode.BUDGET_HELD);
    story
        .write(policy("hz").on())
        .seconds(2)
        .look(look().setTo("oss://other/a", 7, "BACKUP"))
        .data(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void newPolicyThatIsHeldForTheBudgetStopsNothingOutsideItsLimits() {
    Story story = listed();
    story.admits = false;
    story
        .look(look().setTo("oss://other/a", 7, "BACKUP"))
        .sends()
        .data(State.HELD, ReasonCode.BUDGET_HELD);
  }

  @Test
  void heldEditWaitsWhereNobodyCanTellThatItsPolicyPermittedTheJob() {
    Story story = Story.with(policy("all").off(), policy("hz").within(Permits.to("oss://dr/*")));
    story.look(look().setTo("oss://dr/a", 7, "BACKUP")).sends();
    story.admits = false;
    story.write(policy("hz").off());
    story.seconds(2).look(look().setTo("oss://dr/a", 7, "BACKUP")).sends();
    story
        .seconds(2)
        .look(look().setTo("", 7, "BACKUP"))
        .sends()
        .data(State.HELD, ReasonCode.BUDGET_HELD);
  }

  @Test
  void policyOfTenantsForbidsNoJobOfTheClusterOutsideItsLimits() {
    Story.with(policy("pay").tenants("1001").within(Permits.to("oss://dr/*")))
        .look(look().setTo("oss://other/a", 7, "BACKUP"))
        .sends()
        .data(State.PERMITTED, ReasonCode.POLICY_ON);
  }
}
