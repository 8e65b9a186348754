package dev.backstop.plan;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Kind;
import dev.backstop.plan.PlanInput.Restrictions;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.testing.Looks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tells what becomes of an edit that is held for the budget, and of edits after it. */
class HeldEditTest {

  private static Looks running() {
    return look().set(7, "BACKUP");
  }

  private static Story scanned(Story story) {
    story.scan();
    return story;
  }

  @Test
  void editThatIsHeldIsUndoneByWhatWasBefore() {
    Story story = Story.with(policy("hz").on());
    story.look(running());
    story.admits = false;
    story.write(policy("hz").off());
    story.look(running());
    assertThat(story.budget(running())).isEqualTo(Budget.UNCHANGED);

    story.write(policy("hz").on());
    assertThat(scanned(story).budget(running())).isEqualTo(Budget.UNDONE);
  }

  @Test
  void anotherEditOfAHeldClusterWaitsWithTheFirst() {
    Story story = Story.with(policy("hz").on());
    story.look(running());
    story.admits = false;
    story.write(policy("hz").off());
    story.look(running());
    story.write(policy("more").tenants("1001"));

    assertThat(scanned(story).budget(running())).isEqualTo(Budget.STILL_HELD);
  }

  @Test
  void whatIsPermittedWhileAnEditIsHeldWaitsWithItOnceItIsForbiddenAgain() {
    Story story = Story.with(policy("hz").on(Kind.DATA));
    Looks both = running().piece(9, "DOING");
    story.look(both).sends(Statement.CANCEL_BACKUPPIECE);
    story.admits = false;
    story.write(policy("hz").off());
    story.seconds(60).look(both).sends(Statement.CANCEL_BACKUPPIECE);
    story.write(policy("hz").off().observe());
    story.seconds(60).look(both).sends();

    story.write(policy("hz").off());
    assertThat(scanned(story).budget(both)).isEqualTo(Budget.STILL_HELD);
    story.seconds(60).look(both).sends();
    story.write(policy("hz").on(Kind.DATA));
    story.seconds(60).look(both).sends();
  }

  @Test
  void whatTheHeldEditItselfPermitsWaitsOnceItIsForbiddenAgain() {
    Story story = Story.with(policy("hz").on(Kind.DATA));
    Looks both = running().piece(9, "DOING");
    story.look(both);
    story.admits = false;
    story.write(policy("hz").on(Kind.LOG));
    story.seconds(60).look(both).sends();

    story.write(policy("hz").off());
    story.seconds(60).look(both).sends();
  }

  /** Who has just begun asks for no name that only the policies before the edit used. */
  @Test
  void jobOfATenantThatTheHeldEditNoLongerNamesIsHeld() {
    Story story = Story.with(policy("all"), policy("pay").on().tenants("pay"));
    Looks running = look().set(7, 1001, "BACKUP");
    story.look(running.name("pay", 1001)).sends();
    story.admits = false;
    story.write(policy("pay").off());
    story.look(running.name("pay", 1001)).sends();

    story.seconds(60).look(look().set(7, 1001, "BACKUP")).sends();
  }

  @Test
  void whatWasForbiddenStaysSoWhileAWiderEditIsHeld() {
    Story story = Story.with(policy("hz").tenants("1001"));
    Looks both = look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP");
    story.look(both);
    story.admits = false;
    story.write(policy("hz"));
    story.look(both);
    Looks own = look().set(7, 1001, "BACKUP");
    story.seconds(60).look(own).sends(Statement.CANCEL_BACKUPSET);

    story.write(policy("hz").tenants("1001"));
    assertThat(scanned(story).budget(both)).isEqualTo(Budget.UNDONE);
  }

  @Test
  void whatIsPermittedByAnotherPolicyWhileAnEditIsHeldWaitsToo() {
    Story story = Story.with(policy("hz").on(Kind.DATA));
    Looks both = running().piece(9, "DOING");
    story.look(both);
    story.admits = false;
    story.write(policy("hz").off());
    story.look(both);
    story.write(policy("more").on(Kind.LOG));
    story.look(both);

    story.write(policy("more").off());
    assertThat(scanned(story).budget(both)).isEqualTo(Budget.STILL_HELD);
    story.seconds(60).look(both).sends();
  }

  /** What is settled while the edit waits is what was settled when it began to. */
  @Test
  void lookThatIsNotWholeChangesNothingOfAHeldEdit() {
    Looks both = running().piece(9, "DOING");
    Story story = Story.with(policy("hz").on());
    story.look(both);
    story.admits = false;
    story.write(policy("hz").off()).look(both).sends();
    PolicySnapshot settled = story.record.settled();
    story.write(policy("hz").off().on(Kind.LOG)).seconds(2);
    story.look(look().blindTo(Area.FLAG)).sends();
    assertThat(story.record.settled()).isEqualTo(settled);
    assertThat(story.record.budgetHold()).isNotNull();
  }

  @Test
  void eachHoldNamesItsOwnSetsAlone() {
    Story story = Story.with(policy("hz").on());
    story.look(running());
    story.admits = false;
    HeldSet edits = held("b1", HoldReason.BUDGET);
    HeldSet deletions = held("d1", HoldReason.ON_DELETE_HOLD);
    story.restrictions = new Restrictions("", "", null, List.of(edits, deletions), false);
    story
        .write(policy("hz").off())
        .look(running())
        .data(State.HELD, ReasonCode.BUDGET_HELD)
        .says(Kind.DATA, HoldReason.BUDGET.words() + " | approve b1");
  }

  /** What was permitted in between is forbidden again by an edit like any other. */
  @Test
  void editThatIsHeldIsUndoneByTheFileOfBefore_whateverItPermittedInBetween() {
    Looks piece = look().piece(1, "DOING");
    Story story = Story.with(policy("hz").on(Kind.LOG));
    story.look(piece);
    story.admits = false;
    story.write(policy("hz").on(Kind.DATA)).seconds(2);
    story.look(piece).sends().log(State.HELD, ReasonCode.BUDGET_HELD);
    story.write(policy("hz").on(Kind.LOG)).seconds(2);
    story.look(piece).sends().log(State.PERMITTED, ReasonCode.POLICY_ON);
    assertThat(story.record.budgetHold()).isNull();
    story.seconds(2).look(look().piece(1, "DOING").set(8, "BACKUP"));
    story.seconds(2).look(look().piece(1, "DOING").set(8, "BACKUP"));
    assertThat(story.record.data().lastSent()).isPresent();
  }

  @Test
  void editThatIsUndoneTakesAUnitForWhatBeganInBetween() {
    Looks piece = look().piece(1, "DOING");
    Looks both = look().piece(1, "DOING").set(8, "BACKUP");
    Story story = Story.with(policy("hz").on(Kind.LOG));
    story.look(piece);
    story.admits = false;
    story.write(policy("hz").on(Kind.DATA)).seconds(2).look(both).sends();
    story.write(policy("hz").on(Kind.LOG));
    assertThat(scanned(story).budget(both)).isEqualTo(Budget.NEEDED);
    story.seconds(2).look(both).sends().data(State.HELD, ReasonCode.BUDGET_HELD);
  }

  private static HeldSet held(String id, HoldReason reason) {
    return new HeldSet(id, reason, List.of("c1"), List.of("hz"), Story.START, "approve " + id);
  }
}
