package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Kind;
import dev.backstop.testing.Looks;
import org.junit.jupiter.api.Test;

/** Sends no statement that would hit a job that nobody forbids. */
class PlannerScopeTest {

  @Test
  void aTenantsJobIsHitWhereItIsAllThatRuns() {
    Story.with(policy("pay").tenants("1001"))
        .look(look().set(7, 1001, "BACKUP"))
        .sends(CANCEL_BACKUPSET);
  }

  @Test
  void anUncoveredNeighbourBlocksAndIsNamed() {
    Story.with(policy("pay").tenants("1001"))
        .look(look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP"))
        .sends()
        .data(State.BLOCKED, ReasonCode.OTHERS_JOBS)
        .says(Kind.DATA, "backup set job 8", "1002", "covered by no policy");
  }

  @Test
  void aWantedNeighbourBlocksAndItsPolicyIsNamed() {
    Story.with(policy("all"), policy("pay").tenants("1002").on())
        .look(look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP"))
        .sends()
        .data(State.BLOCKED, ReasonCode.OTHERS_JOBS)
        .says(Kind.DATA, "backup set job 8", "wanted by policy pay");
  }

  @Test
  void anObservingPolicyProtectsAsWell() {
    Story.with(policy("all"), policy("pay").tenants("1002").on().observe())
        .look(look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP"))
        .sends()
        .data(State.BLOCKED, ReasonCode.OTHERS_JOBS);
  }

  @Test
  void aClusterLevelJobIsWantedByAnyOn() {
    Story.with(policy("all"), policy("pay").tenants("1001").on())
        .look(look().set(7, "BACKUP").flag(true).archive("DOING"))
        .sends()
        .data(State.PERMITTED, ReasonCode.POLICY_ON)
        .log(State.PERMITTED, ReasonCode.POLICY_ON);
  }

  @Test
  void aClusterLevelJobIsNotForbiddenByPoliciesWithTenants() {
    Story story = Story.with(policy("pay").tenants("1001"));
    Looks cluster = look().set(7, "BACKUP").flag(true).archive("DOING");
    story.look(cluster).sends();
    story
        .seconds(2)
        .look(cluster)
        .sends()
        .data(State.STOPPED, ReasonCode.NO_JOBS)
        .says(Kind.DATA, "backup set job 7")
        .says(Kind.DATA, "not forbidden")
        .says(Kind.LOG, "continuous archive");
  }

  @Test
  void aPieceJobOfAnotherBlocksTheArchivesStop() {
    Story.with(policy("all"), policy("pay").tenants("1002").on())
        .look(look().piece(3, 1002, "DOING").piece(2, 1001, "DOING"))
        .sends()
        .log(State.BLOCKED, ReasonCode.OTHERS_JOBS);
  }

  @Test
  void namesAreResolvedOnTheServer() {
    Story.with(policy("pay").tenants("pay"))
        .look(look().name("pay", 1001).set(7, 1001, "BACKUP"))
        .sends(CANCEL_BACKUPSET);
  }

  @Test
  void anUnknownNameUnderOnBlocksStopsOfTenantLevelJobs() {
    Story.with(policy("all"), policy("pay").tenants("payy").on())
        .look(look().set(7, 1001, "BACKUP"))
        .sends()
        .data(State.BLOCKED, ReasonCode.UNRESOLVED_TENANT)
        .says(Kind.DATA, "payy");
  }

  @Test
  void anUnknownNameUnderOffIsAWarningOnly() {
    Story.with(policy("all"), policy("pay").tenants("payy"))
        .look(look().set(7, 1001, "BACKUP"))
        .sends(CANCEL_BACKUPSET)
        .says(Kind.DATA, "no tenant named payy");
  }

  @Test
  void namesThatCannotBeReadMakeBothKindsUnknown() {
    Story.Step step =
        Story.with(policy("all"), policy("pay").tenants("pay"))
            .look(look().set(7, "BACKUP").blindTo(Area.TENANT_NAMES, Cause.NO_PRIVILEGE))
            .sends()
            .data(State.UNKNOWN, ReasonCode.NO_PRIVILEGE)
            .log(State.UNKNOWN, ReasonCode.NO_PRIVILEGE);

    assertThat(step.plan().kind(Kind.DATA).reason().words()).doesNotContain("no tenant named");
  }

  @Test
  void namesThatCannotBeReadDoNotMatterWhereNobodyUsesNames() {
    off().look(look().set(7, "BACKUP").blindTo(Area.TENANT_NAMES)).sends(CANCEL_BACKUPSET);
  }
}
