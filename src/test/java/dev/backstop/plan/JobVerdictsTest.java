package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.Kind;
import dev.backstop.policy.OnDelete;
import dev.backstop.testing.Looks;
import org.junit.jupiter.api.Test;

/** Tells how jobs stand to policies whose files are gone, broken or not for them. */
class JobVerdictsTest {

  private static final Looks RUNNING = look().set(7, 1001, "BACKUP");

  @Test
  void aPolicyThatPermitsSpeaksAloneWhateverAMissingOneWillSay() {
    Story story = Story.with(policy("a").on(), policy("b").off().tenants("1001"));
    story.scan();
    story.delete("b").look(RUNNING).sends().data(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void aMissingPolicyThatPermitsAndWillBeForgottenForbidsNothingEver() {
    Story story = Story.with(policy("hz").on().onDelete(OnDelete.FORGET));
    story.scan();
    story
        .delete("hz")
        .look(RUNNING)
        .sends()
        .data(State.STOPPING, ReasonCode.SECOND_LOOK)
        .says(Kind.DATA, "still runs and is not forbidden");
  }

  @Test
  void namesThatTheServerKnowsAreNotToldAsUnknown() {
    Story story = Story.with(policy("a").on().tenants("pay", "ghost"), policy("b").off());
    story
        .look(look().name("pay", 1009).set(7, 1001, "BACKUP"))
        .sends()
        .data(State.BLOCKED, ReasonCode.UNRESOLVED_TENANT)
        .says(Kind.DATA, "does not know: ghost |");
  }

  @Test
  void onlyThePolicyThatObservesIsNamedAsOneThatDoes() {
    Story story = Story.with(policy("a").on(), policy("b").off().observe().tenants("1001"));
    story.write(policy("a").off().tenants("1002"));
    story
        .look(RUNNING)
        .sends()
        .data(State.WOULD_STOP, ReasonCode.POLICY_OBSERVES)
        .says(Kind.DATA, "would be stopped, but policy b only observes");
  }

  @Test
  void onlyTheFileThatIsBrokenIsNamedAsBroken() {
    Story story = Story.with(policy("a").off().tenants("1001"), policy("b").off().tenants("1002"));
    story.scan();
    story
        .spoil("a")
        .look(RUNNING)
        .sends()
        .data(State.BLOCKED, ReasonCode.BROKEN_POLICY)
        .says(Kind.DATA, "is broken and starts no new stop: a.yaml:3:1: broken |");
  }

  @Test
  void aFileThatChangesIsSaidToChange() {
    Story story = Story.with(policy("a").off());
    story.scan();
    story
        .unsettle("a")
        .look(RUNNING)
        .sends()
        .data(State.BLOCKED, ReasonCode.UNSETTLED_FILE)
        .says(Kind.DATA, "still changes: a.yaml |");
  }

  @Test
  void whatAGoodFilePermitsIsUnderNoRestraintOfAnother() {
    Story story = Story.with(policy("a").on(), policy("b").on().tenants("1001"));
    story.write(policy("c").off().tenants("1001"));
    story.scan();
    story.delete("b").spoil("c").look(RUNNING).sends().data(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void anUnknownNameUnderAnOffBlocksNothing() {
    Story story = Story.with(policy("a").off().tenants("1001", "ghost"));
    story.look(RUNNING).sends(CANCEL_BACKUPSET);
  }

  @Test
  void permissionIsToldOfThoseThatPermitAlone() {
    Story story = Story.with(policy("a").on(), policy("b").off().tenants("1002"));
    story.write(policy("c").on().tenants("1001"));
    story.scan();
    story
        .delete("c")
        .look(RUNNING)
        .data(State.PERMITTED, ReasonCode.POLICY_ON)
        .says(Kind.DATA, "permitted by policy a |");
  }

  @Test
  void oneJobRunsAndTwoRun() {
    Looks both = look().piece(7, 1001, "DOING").piece(8, 1001, "SCHEDULE");
    Story.with(policy("a").off().observe())
        .look(RUNNING)
        .says(Kind.DATA, "set job 7 (tenant 1001, BACKUP) runs");
    Story.with(policy("a").off().observe())
        .look(both)
        .says(Kind.LOG, "piece job 8 (tenant 1001, SCHEDULE) run ");
  }
}
