package dev.backstop.observation;

import static dev.backstop.testing.Looks.look;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.testing.Looks;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tells when something runs, and that what was not read is never empty. */
class ObservationTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static Observation seen(Looks look) {
    return look.at(NOON);
  }

  @Test
  void archiveRuns_whileTheFlagIsOne_evenWithAPausedRow() {
    assertThat(seen(look().flag(true).archive("PAUSED")).isArchiveRunning()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGINNING",
        "DOING",
        "doing",
        "STOPPING",
        "MIXED",
        "INVALID",
        "UNKNOWN",
        "a word of tomorrow"
      })
  void archiveRuns_whileTheClustersRowIsInNoRestingState(String status) {
    assertThat(seen(look().archive(status)).isArchiveRunning()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PAUSED", "STOP", "INTERRUPTED", "paused", "Stop"})
  void archiveRests_inAnySpellingOfCase(String status) {
    assertThat(seen(look().archive(status)).isArchiveRunning()).isFalse();
  }

  @Test
  void archiveRests_withoutAnyRow() {
    assertThat(seen(look()).isArchiveRunning()).isFalse();
  }

  @Test
  void rowsOfPieceJobsAreNoArchive() {
    Observation seen = seen(look().archive(1, "DOING", 7).archive(1001, "DOING", 7));

    assertThat(seen.isArchiveRunning()).isFalse();
    assertThat(seen.rowsLeftBehind()).isEmpty();
  }

  @Test
  void rowsOfOtherTenantsAreLeftBehind_onceTheClustersRowRests() {
    Observation seen = seen(look().archive("PAUSED").archive(1001, "DOING", 0));

    assertThat(seen.isArchiveRunning()).isFalse();
    assertThat(seen.rowsLeftBehind())
        .containsExactly(new ArchiveRow(new TenantId(1001), "DOING", 0));
  }

  @Test
  void nothingIsLeftBehind_whileTheArchiveRuns() {
    Observation seen = seen(look().archive("DOING").archive(1001, "DOING", 0));

    assertThat(seen.rowsLeftBehind()).isEmpty();
  }

  @Test
  void continuousArchiveCountsAsOneJobOfLog() {
    Observation seen = seen(look().piece(3, "DOING").archive("DOING").archive(1001, "DOING", 0));

    assertThat(seen.jobs(Kind.LOG))
        .extracting(Job::title)
        .containsExactly("piece job 3 (cluster, DOING)", "continuous archive (cluster, DOING)");
    assertThat(seen.jobs(Kind.DATA)).isEmpty();
  }

  @Test
  void eachKindIsBlindedByItsOwnViews() {
    assertThat(seen(look().blindTo(Area.SETS)).blindTo(Kind.DATA)).isPresent();
    assertThat(seen(look().blindTo(Area.SETS)).blindTo(Kind.LOG)).isEmpty();
    for (Area area : List.of(Area.PIECES, Area.ARCHIVE, Area.FLAG)) {
      assertThat(seen(look().blindTo(area)).blindTo(Kind.LOG)).isPresent();
      assertThat(seen(look().blindTo(area)).blindTo(Kind.DATA)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Area.class)
  void lookThatShowedNothingIsBlindToEverything(Area area) {
    Observation blind = Observation.blind(NOON, "", Cause.TIMEOUT, "no answer within 60s");

    assertThat(blind.blindTo(area)).isPresent();
    assertThat(blind.isAnswered()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Area.class,
      names = {"IDENTITY", "VERSION", "FLAG"})
  void whatALookDoesNotSayIsUnknown(Area area) {
    assertThat(seen(look().without(area)).blindTo(area)).isPresent();
    assertThat(seen(look()).blindTo(area)).isEmpty();
  }
}
