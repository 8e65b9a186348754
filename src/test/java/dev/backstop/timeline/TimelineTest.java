package dev.backstop.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tells how much of the time that passes counts. */
class TimelineTest {

  private static final TimelineInstant START = TimelineInstant.parse("2026-03-01T08:00:00Z");

  private Duration uptime = Duration.ofDays(9);
  private Duration nanos = Duration.ofDays(8);

  private ElapsedTime.Reading read() {
    return new ElapsedTime.Reading(uptime.toNanos(), nanos.toNanos());
  }

  private void pass(Duration time) {
    uptime = uptime.plus(time);
    nanos = nanos.plus(time);
  }

  private Timeline watched() {
    return Timeline.from(START, this::read);
  }

  private static TimelineInstant after(long millis) {
    return START.plus(Duration.ofMillis(millis));
  }

  private static TimelineNote elsewhere(TimelineInstant at) {
    return new TimelineNote(at, "another boot", 0);
  }

  @Test
  void goesOnByTheTimeThatPasses() {
    Timeline timeline = watched();
    pass(Duration.ofDays(3));
    assertThat(timeline.now()).isEqualTo(START.plus(Duration.ofDays(3)));
  }

  @Test
  void countsByTheClockThatHasGoneLess() {
    Timeline timeline = watched();
    uptime = uptime.plusSeconds(5);
    assertThat(timeline.now()).isEqualTo(START);
    nanos = nanos.plusSeconds(9);
    assertThat(timeline.now()).isEqualTo(after(5010));
  }

  @Test
  void losesNothingToAKernelClockOfHundredthsOfASecond() {
    Timeline timeline = watched();
    Duration since = uptime;
    for (int i = 1; i <= 1000; i++) {
      nanos = nanos.plusMillis(1);
      uptime = since.plusMillis(i - i % 10);
      timeline.now();
    }
    assertThat(timeline.now()).isEqualTo(after(1000));
  }

  @Test
  void gainsNothingByNotes_thoughTheKernelTellsHundredthsOfASecond() {
    Duration since = uptime;
    Timeline timeline = watched();
    Timeline other = watched();
    for (int i = 1; i <= 1000; i++) {
      Timeline writer = i % 2 == 0 ? timeline : other;
      TimelineNote note = writer.note();
      nanos = nanos.plusMillis(3);
      uptime = since.plusMillis(i * 3L - i * 3L % 10);
      writer.followOwn(note);
      (i % 2 == 0 ? other : timeline).follow(note);
    }
    assertThat(timeline.now()).isEqualTo(after(3000));
    assertThat(other.now()).isEqualTo(after(3000));
  }

  @Test
  void goesOnFromWhereItIsWhenAClockGoesBack() {
    Timeline timeline = watched();
    pass(Duration.ofSeconds(5));
    timeline.now();
    nanos = nanos.minusHours(2);
    assertThat(timeline.now()).isEqualTo(after(5000));
    pass(Duration.ofSeconds(1));
    assertThat(timeline.now()).isEqualTo(after(6000));
  }

  @Test
  void takesUpALaterNoteAndNoEarlierOne() {
    Timeline timeline = watched();
    assertThat(timeline.follow(elsewhere(after(700)))).isEqualTo(after(700));
    assertThat(timeline.follow(elsewhere(after(300)))).isEqualTo(after(700));
    pass(Duration.ofSeconds(1));
    assertThat(timeline.now()).isEqualTo(after(1700));
  }

  @Test
  void keepsStepWithAnotherProcessOfThisBootThatNotedAWhileAgo() {
    Timeline other = watched();
    pass(Duration.ofSeconds(5));
    TimelineNote note = other.note();
    pass(Duration.ofMillis(900));
    assertThat(watched().follow(note))
        .as("as far as a kernel knows that tells hundredths of a second")
        .isEqualTo(other.now().minus(Duration.ofMillis(10)));
    pass(Duration.ofHours(1));
    assertThat(watched().follow(note))
        .as("what nobody watched")
        .isEqualTo(note.at().plus(Timeline.LONGEST_LEAD));
  }

  @Test
  void isNeverFurtherAheadOfItsNoteThanOthersAllowFor() {
    Timeline timeline = Timeline.noting(START, this::read);
    pass(Duration.ofHours(1));
    TimelineInstant farthest = START.plus(Timeline.LONGEST_LEAD);
    assertThat(timeline.now()).isEqualTo(farthest);
    timeline.follow(elsewhere(farthest));
    assertThat(timeline.now()).as("the hour counts for nothing later").isEqualTo(farthest);
    pass(Duration.ofSeconds(1));
    assertThat(timeline.now()).isEqualTo(farthest.plus(Duration.ofSeconds(1)));
  }

  @Test
  void tellsWhetherAnotherProcessHasLeftANote() {
    Timeline timeline = Timeline.noting(START, this::read);
    TimelineNote own = timeline.note();
    timeline.followOwn(own);
    long before = timeline.notesOfOthers();
    pass(Duration.ofSeconds(1));
    timeline.followOwn(timeline.note());
    timeline.follow(timeline.note());
    timeline.follow(own);
    assertThat(timeline.notesOfOthers()).as("its own, one of them read late").isEqualTo(before);
    timeline.follow(elsewhere(after(1001)));
    assertThat(timeline.notesOfOthers()).isEqualTo(before + 1);
  }

  @Test
  void noteOfLongAgoIsOfAnotherStoreInThePlaceOfTheFirst() {
    Timeline timeline = Timeline.noting(START, this::read);
    TimelineNote own = timeline.note();
    timeline.followOwn(own);
    for (int second = 0; second < 3; second++) {
      pass(Duration.ofSeconds(1));
      timeline.followOwn(timeline.note());
    }
    long before = timeline.notesOfOthers();
    timeline.follow(own);
    assertThat(timeline.notesOfOthers()).isEqualTo(before + 1);
  }
}
