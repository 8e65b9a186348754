package dev.backstop.plan;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Kind;
import dev.backstop.testing.Looks;
import org.junit.jupiter.api.Test;

/** Tells what takes a unit of {@code policies.maxStopsAtOnce}. */
class BudgetTest {

  private static Looks running() {
    return look().set(7, "BACKUP");
  }

  private static Story scanned(Story story) {
    story.scan();
    return story;
  }

  @Test
  void firstStartNeedsAUnit_whereSomethingForbiddenRuns() {
    Story story = scanned(Story.with(policy("hz")));

    assertThat(story.budget(running())).isEqualTo(Budget.NEEDED);
    assertThat(story.budget(look())).isEqualTo(Budget.FREE);
  }

  @Test
  void jobThatStartsLaterIsNoEdits() {
    Story story = Story.with(policy("hz"));
    story.look(look());
    story.admits = false;

    assertThat(story.budget(running())).isEqualTo(Budget.UNCHANGED);
    story.look(running()).sends(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void editToOffNeedsAUnit_andToOnNone() {
    Story story = Story.with(policy("hz").on());
    story.look(running());
    story.write(policy("hz").off());
    assertThat(scanned(story).budget(running())).isEqualTo(Budget.NEEDED);

    story.look(running());
    story.write(policy("hz").on());
    assertThat(scanned(story).budget(running())).isEqualTo(Budget.FREE);
  }

  @Test
  void editOfWhatDoesNotRunNeedsNone() {
    Story story = Story.with(policy("hz").on());
    story.look(running());
    story.write(policy("hz").on(Kind.DATA));

    assertThat(scanned(story).budget(running())).isEqualTo(Budget.FREE);
  }

  @Test
  void newFileNeedsAUnit_whereItNewlyForbids() {
    Story story = Story.with(policy("a").tenants("1001"));
    Looks both = look().set(7, 1001, "BACKUP").set(8, 1002, "BACKUP");
    story.look(both);
    story.write(policy("b").tenants("1002"));

    assertThat(scanned(story).budget(both)).isEqualTo(Budget.NEEDED);
  }

  @Test
  void newFileForWhatIsForbiddenAlreadyNeedsNone() {
    Story story = Story.with(policy("a"));
    story.look(running());
    story.write(policy("b"));

    assertThat(scanned(story).budget(running())).isEqualTo(Budget.FREE);
  }

  @Test
  void whatRunsOnAnotherClusterTellsNothingOfThisOne() {
    Story story = scanned(Story.with(policy("hz")));

    assertThat(story.budget(running().answeredBy("other", 9))).isEqualTo(Budget.NOT_YET);
  }

  @Test
  void changeOfThePolicysModeNeedsAUnit() {
    Story story = Story.with(policy("hz").observe());
    story.look(running());
    story.write(policy("hz"));

    assertThat(scanned(story).budget(running())).isEqualTo(Budget.NEEDED);
  }

  @Test
  void changeOfTheConfigurationsModeNeedsAUnit() {
    Story story = Story.with(policy("hz"));
    story.confObserves = true;
    story.look(running());
    story.confObserves = false;

    assertThat(story.budget(running())).isEqualTo(Budget.NEEDED);
  }

  @Test
  void givingExpectNeedsAUnit() {
    Story story = Story.with(policy("hz"));
    story.expect = null;
    story.look(running());
    story.expect = new PlanInput.ExpectedIdentity("c1", 1);

    assertThat(story.budget(running())).isEqualTo(Budget.NEEDED);
  }

  @Test
  void deletionNeedsAUnitWhenItCounts() {
    Story story = Story.with(policy("hz").on());
    story.look(running());
    story.delete("hz").seconds(2);
    assertThat(scanned(story).budget(running())).isEqualTo(Budget.UNCHANGED);

    story.seconds(30);
    assertThat(scanned(story).budget(running())).isEqualTo(Budget.NEEDED);
  }

  /** The server is asked for the names of policies that are there. */
  @Test
  void endOfAnOnWhoseTenantIsNotNamedAnyMoreNeedsAUnit() {
    Story story = Story.with(policy("all"), policy("pay").on().tenants("pay"));
    Looks running = look().set(7, 1001, "BACKUP");
    story.look(running.name("pay", 1001)).sends();
    story.delete("pay");

    assertThat(scanned(story).budget(look().set(7, 1001, "BACKUP"))).isEqualTo(Budget.NEEDED);
  }

  @Test
  void deletionOfAnOffNeedsNone() {
    Story story = Story.with(policy("hz"));
    story.look(running());
    story.delete("hz").scan();
    story.seconds(30);

    assertThat(scanned(story).budget(running())).isEqualTo(Budget.UNCHANGED);
  }

  @Test
  void approvedDeletionNeedsNone() {
    Story story = Story.with(policy("hz").on());
    story.look(running());
    story.registry =
        story.registry.with(
            story.registry.ofName("hz").get(0).deletionEffective(story.timeline(), true));

    assertThat(story.budget(running())).isEqualTo(Budget.FREE);
  }

  @Test
  void isJudgedByTheFirstLookThatIsAnswered() {
    Story story = Story.with(policy("hz").on());
    story.look(running());
    story.write(policy("hz").off());
    scanned(story);

    assertThat(story.budget(look().blindTo(Area.EVERYTHING))).isEqualTo(Budget.NOT_YET);
    assertThat(story.budget(look().blindTo(Area.FLAG))).isEqualTo(Budget.NOT_YET);
    assertThat(story.budget(running().blindTo(Area.FLAG))).isEqualTo(Budget.NEEDED);
  }

  /** What was permitted and ran meanwhile is newly stopped by the edit back. */
  @Test
  void editBackIsMeasuredAgainstWhatTheReadableKindWasPermitted() {
    Looks copying = look().piece(9, "DOING").blindTo(Area.SETS);
    Story story = Story.with(policy("hz").off());
    story.look(look());
    story.write(policy("hz").on());
    scanned(story).look(copying);
    story.write(policy("hz").off());

    assertThat(scanned(story).budget(copying)).isEqualTo(Budget.NEEDED);
  }

  @Test
  void editIsMeasuredAgainstWhatTheUnreadableKindWasBeforeIt() {
    Story story = Story.with(policy("hz").on());
    story.look(running());
    story.write(policy("hz").off());
    scanned(story).look(look().blindTo(Area.SETS));

    assertThat(story.budget(running())).isEqualTo(Budget.NEEDED);
  }

  /** What ran unseen loses its hours as well, and when it shows the hour may long be over. */
  @Test
  void editThatOneKindShowedNeedsAUnitForTheOtherOnceItShows() {
    Story story = Story.with(policy("hz").on());
    Looks both = running().piece(9, "DOING");
    story.look(both);
    story.write(policy("hz").off());
    story.look(both.blindTo(Area.FLAG)).sends(Statement.CANCEL_BACKUPSET);
    Looks again = running().piece(9, "DOING");
    assertThat(scanned(story).budget(again)).isEqualTo(Budget.NEEDED);
    story.admits = false;
    story.look(again).sends();
  }

  /** What a person approved of one kind says nothing of what was edited of the other. */
  @Test
  void approvalOfWhatOneKindShowedIsNoneForTheOtherOnceItShows() {
    Looks both = look().set(7, 1001, "BACKUP").piece(9, 1002, "DOING");
    Story story = Story.with(policy("a").tenants("1001").on(), policy("b").tenants("1002").on());
    story.look(both);
    story.write(policy("b").tenants("1002").on(Kind.DATA));
    scanned(story.delete("a")).approve("a");
    Looks sets = look().set(7, 1001, "BACKUP").blindTo(Area.FLAG);
    assertThat(story.budget(sets)).isEqualTo(Budget.FREE);
    story.look(sets);

    assertThat(story.budget(both)).isEqualTo(Budget.NEEDED);
  }
}
