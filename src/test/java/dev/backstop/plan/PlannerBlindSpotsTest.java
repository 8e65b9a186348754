package dev.backstop.plan;

import static dev.backstop.plan.Statement.CANCEL_BACKUPPIECE;
import static dev.backstop.plan.Statement.CANCEL_BACKUPSET;
import static dev.backstop.plan.Story.off;
import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.testing.Looks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sends nothing on a look that does not show enough. */
class PlannerBlindSpotsTest {

  @ParameterizedTest
  @EnumSource(
      value = Area.class,
      names = {"EVERYTHING", "IDENTITY", "VERSION"})
  void blindnessOfTheWholeClusterMakesBothKindsUnknown(Area area) {
    off()
        .look(look().set(7, "BACKUP").piece(8, "DOING").blindTo(area, Cause.SERVER_ERROR))
        .sends()
        .data(State.UNKNOWN, ReasonCode.SERVER_ERROR)
        .log(State.UNKNOWN, ReasonCode.SERVER_ERROR);
  }

  @ParameterizedTest
  @EnumSource(
      value = Area.class,
      names = {"PIECES", "ARCHIVE", "FLAG"})
  void blindnessOfLogLeavesDataAlone(Area area) {
    off()
        .look(look().set(7, "BACKUP").blindTo(area))
        .sends(CANCEL_BACKUPSET)
        .log(State.UNKNOWN, ReasonCode.VIEW_MISSING);
  }

  @Test
  void blindnessOfDataLeavesLogAlone() {
    off()
        .look(look().piece(8, "DOING").blindTo(Area.SETS))
        .sends(CANCEL_BACKUPPIECE)
        .data(State.UNKNOWN, ReasonCode.VIEW_MISSING);
  }

  @ParameterizedTest
  @EnumSource(
      value = Area.class,
      names = {"IDENTITY", "VERSION"})
  void blindnessIsAssumedWhereTheLookIsSilent(Area area) {
    off()
        .look(look().set(7, "BACKUP").without(area))
        .sends()
        .data(State.UNKNOWN, ReasonCode.MALFORMED_ANSWER);
  }

  @Test
  void blindnessIsNeverEmptiness() {
    Looks nothing = look().blindTo(Area.EVERYTHING, Cause.NO_CONSTANT_ROW);
    Story story = off();
    story.look(nothing).data(State.UNKNOWN, ReasonCode.NO_CONSTANT_ROW);
    story.seconds(2).look(nothing).proves().data(State.UNKNOWN, ReasonCode.NO_CONSTANT_ROW);
  }

  @Test
  void blindnessAppliesToPermittedKindsToo() {
    Story.with(policy("hz").on())
        .look(look().blindTo(Area.EVERYTHING, Cause.UNREACHABLE))
        .data(State.UNKNOWN, ReasonCode.UNREACHABLE);
  }
}
