package dev.backstop.plan;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.plan.PlanInput.Restrictions;
import dev.backstop.policy.OnDelete;
import dev.backstop.testing.Looks;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows for each guard a scene in which it alone keeps a statement from being sent. */
class GuardTest {

  private static final Looks IDLE = look();

  private static Looks running() {
    return look().set(7, "BACKUP");
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void aloneKeepsAStatementBack(Guard guard) {
    assertThat(play(guard, new Planner()).sent()).isEmpty();
    assertThat(play(guard, Unguarded.without(guard)).sent())
        .containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void promisesSomething(Guard guard) {
    assertThat(guard.promise()).endsWith(".");
  }

  /** The decision goes by phases, so that the order within the list must be theirs. */
  @Test
  void guardsStandInTheOrderOfTheirPhases() {
    assertThat(Arrays.stream(Guard.Phase.values()).flatMap(phase -> Guard.of(phase).stream()))
        .containsExactly(Guard.values());
  }

  private static Story.Step play(Guard guard, Planner planner) {
    return switch (guard) {
      case SYS_TENANT -> off(planner).look(running().inTenant(1001));
      case EXPECTED_CLUSTER -> off(planner).look(running().answeredBy("c1", 2));
      case SUPPORTED_VERSION -> off(planner).look(running().version(4, 0, 0));
      case READABLE -> off(planner).look(running().blindTo(Area.VERSION));
      case READABLE_NAMES -> readableNames(planner);
      case READABLE_DESTINATIONS ->
          Story.directedBy(planner, policy("all"), policy("dr").within(Permits.to("oss://dr/*")))
              .look(running());
      case ARMED -> off(planner).disarmed().look(running());
      case TRUSTED_STORE -> trustedStore(planner);
      case NO_HELD_DELETION -> heldDeletion(planner);
      case WITHIN_BUDGET -> budget(planner);
      case NOBODY_ELSES_JOBS ->
          Story.directedBy(planner, policy("pay").tenants("1001"))
              .look(look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP"));
      case GOOD_POLICY_FILE -> afterScan(planner).spoil("hz").look(running());
      case SETTLED_POLICY_FILE -> afterScan(planner).unsettle("hz").look(running());
      case NO_STRAY_FILE -> off(planner).spoil("stray").look(running());
      case TENANTS_RESOLVED ->
          Story.directedBy(planner, policy("all"), policy("pay").tenants("payy").on())
              .look(look().set(7, 1001, "BACKUP"));
      case CLOCKS_AGREE ->
          Story.directedBy(planner, policy("hz").within(Permits.until(Story.START)))
              .look(running().clockAhead(Duration.ofSeconds(301)));
      case ENFORCED -> Story.directedBy(planner, policy("hz").observe()).look(running());
      case GRACE_OVER -> afterScan(planner).delete("hz").look(running());
      case CONTEST_WAIT -> contest(planner);
      case ROWS_AT_REST -> off(planner).look(look().set(7, "CLEAN"));
      case REPEAT_PACE -> repeat(planner);
    };
  }

  private static Story off(Planner planner) {
    return Story.directedBy(planner, policy("hz"));
  }

  private static Story afterScan(Planner planner) {
    Story story = off(planner);
    story.look(IDLE);
    return story.seconds(2);
  }

  private static Story.Step readableNames(Planner planner) {
    return Story.directedBy(planner, policy("all"), policy("pay").tenants("pay"))
        .look(running().blindTo(Area.TENANT_NAMES));
  }

  private static Story.Step trustedStore(Planner planner) {
    Story story = off(planner);
    story.restrictions = new Restrictions("", "", null, List.of(), true);
    return story.look(running());
  }

  private static Story.Step heldDeletion(Planner planner) {
    Story story = Story.directedBy(planner, policy("hz").on().onDelete(OnDelete.HOLD));
    story.look(running());
    return story.delete("hz").seconds(2).look(running());
  }

  private static Story.Step budget(Planner planner) {
    Story story = off(planner);
    story.admits = false;
    return story.look(running());
  }

  private static Story.Step contest(Planner planner) {
    Story story = off(planner);
    Story.Step last = story.look(running());
    for (long job = 8; job <= 10; job++) {
      story.seconds(2).look(IDLE);
      story.seconds(2).look(IDLE);
      last = story.seconds(60).look(look().set(job, "BACKUP"));
    }
    return last;
  }

  private static Story.Step repeat(Planner planner) {
    Story story = off(planner);
    story.look(running());
    return story.seconds(30).look(running());
  }
}
