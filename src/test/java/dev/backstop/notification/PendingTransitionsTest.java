package dev.backstop.notification;

import static dev.backstop.notification.Examples.DATA;
import static dev.backstop.notification.Examples.LOG;
import static dev.backstop.notification.Examples.NOW;
import static dev.backstop.notification.Examples.REASON;
import static dev.backstop.notification.Examples.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.NotificationSettings;
import dev.backstop.observation.Kind;
import dev.backstop.plan.State;
import dev.backstop.state.NotifiedState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingTransitionsTest {

  private final NotificationSettings all = Examples.all();
  private PendingTransitions pending = new PendingTransitions(List.of());
  private long now;

  private void after(String time) {
    now += Duration.parse("PT" + time).toNanos();
  }

  private void told(State state) {
    pending =
        new PendingTransitions(
            List.of(
                new NotifiedState("hz-prod", Kind.DATA, state),
                new NotifiedState("hz-prod", Kind.LOG, state)));
  }

  private void see(ClusterKind of, State... states) {
    for (State state : states) {
      pending.observe(of, state, NOW, REASON, now);
    }
  }

  private List<String> take(NotificationSettings settings) {
    return words(pending.take(settings, now));
  }

  private List<String> deliver(NotificationSettings settings) {
    List<String> taken = take(settings);
    pending.onDelivered(now);
    return taken;
  }

  @Test
  void transitionsWithinTenSecondsAreOneMessage_eachOnce() {
    told(State.PERMITTED);
    see(DATA, State.DRIFTED);
    after("4S");
    see(LOG, State.UNKNOWN);
    see(DATA, State.DRIFTED, State.STOPPING);
    after("5.9S");
    assertThat(deliver(all)).isEmpty();
    after("0.1S");
    assertThat(deliver(all))
        .containsExactly(
            "data PERMITTED -> DRIFTED", "data DRIFTED -> STOPPING", "log PERMITTED -> UNKNOWN");
    after("1H");
    assertThat(deliver(all)).isEmpty();
  }

  @Test
  void firstStatesAreTold_whereTheyAreNotAsWanted() {
    see(DATA, State.PERMITTED);
    see(LOG, State.STOPPING);
    after("10S");

    assertThat(deliver(all)).containsExactly("log null -> STOPPING");
    assertThat(pending.unsaved())
        .containsExactlyInAnyOrder(
            new NotifiedState("hz-prod", Kind.DATA, State.PERMITTED),
            new NotifiedState("hz-prod", Kind.LOG, State.STOPPING));
  }

  @Test
  void firstStateThatIsAsWantedIsNotTold_whereItEndsBeforeTheMessageIsDue() {
    see(DATA, State.PERMITTED, State.DRIFTED);
    after("10S");

    assertThat(deliver(all)).containsExactly("data PERMITTED -> DRIFTED");
  }

  @Test
  void aStartTellsNothingAnew() {
    told(State.STOPPED);
    see(DATA, State.STOPPING, State.STOPPED);
    see(LOG, State.STOPPED);
    after("10S");

    assertThat(deliver(all)).isEmpty();
    assertThat(pending.unsaved()).isEmpty();
  }

  @Test
  void aStartTellsWhatChangedBeforeIt() {
    told(State.NOT_VERIFIED);
    see(DATA, State.STOPPED);
    after("10S");

    assertThat(deliver(all)).containsExactly("data NOT_VERIFIED -> STOPPED");
  }

  @Test
  void comingBackWithinTheGroupSaysNothing_unlessAStatementWasSent() {
    told(State.STOPPED);
    see(DATA, State.UNKNOWN, State.STOPPED);
    pending.onStatement(LOG, now);
    see(LOG, State.STOPPING, State.STOPPED);
    after("10S");

    assertThat(deliver(all)).containsExactly("log STOPPED -> STOPPING", "log STOPPING -> STOPPED");
  }

  @Test
  void beginningAndEndOfTheStatesAskedForAreTold_andNoOther() {
    NotificationSettings settings =
        Examples.settings(EnumSet.of(State.NOT_VERIFIED), Duration.ZERO);
    told(State.PERMITTED);
    see(DATA, State.DRIFTED, State.STOPPING);
    after("10S");
    assertThat(deliver(settings)).isEmpty();
    see(DATA, State.NOT_VERIFIED);
    after("10S");
    assertThat(deliver(settings)).containsExactly("data STOPPING -> NOT_VERIFIED");
    see(DATA, State.STOPPING, State.STOPPED);
    after("10S");
    assertThat(deliver(settings)).containsExactly("data NOT_VERIFIED -> STOPPING");
  }

  @Test
  void aKindIsToldOfNoOftenerThanAsked_andThenOfAllThatHappened() {
    NotificationSettings settings = Examples.settings(all.on(), Duration.ofMinutes(5));
    told(State.STOPPED);
    see(DATA, State.UNKNOWN);
    after("10S");
    assertThat(deliver(settings)).containsExactly("data STOPPED -> UNKNOWN");
    see(DATA, State.STOPPED);
    see(LOG, State.UNKNOWN);
    after("10S");
    assertThat(deliver(settings)).containsExactly("log STOPPED -> UNKNOWN");
    see(DATA, State.REFUSED);
    after("4M49S");
    assertThat(deliver(settings)).isEmpty();
    after("1S");
    assertThat(deliver(settings))
        .containsExactly("data UNKNOWN -> STOPPED", "data STOPPED -> REFUSED");
  }

  @Test
  void timeBeyondWhatNanosecondsCountIsAsGoodAsNever() {
    NotificationSettings settings = Examples.settings(all.on(), Duration.ofDays(999_999_999));
    told(State.STOPPED);
    see(DATA, State.UNKNOWN);
    after("10S");
    assertThat(deliver(settings)).containsExactly("data STOPPED -> UNKNOWN");
    see(DATA, State.REFUSED);
    after("8000H");
    assertThat(deliver(settings)).isEmpty();
  }

  @Test
  void whatFailsIsToldLater_withWhatHappenedMeanwhile() {
    told(State.PERMITTED);
    see(DATA, State.DRIFTED);
    after("10S");
    assertThat(take(all)).containsExactly("data PERMITTED -> DRIFTED");
    see(DATA, State.STOPPING);
    pending.onFailed();
    assertThat(pending.unsaved()).isEmpty();

    assertThat(deliver(all))
        .containsExactly("data PERMITTED -> DRIFTED", "data DRIFTED -> STOPPING");
  }

  @Test
  void whatHappensDuringADeliveryFollowsFromIt() {
    told(State.PERMITTED);
    see(DATA, State.DRIFTED);
    after("10S");
    assertThat(take(all)).containsExactly("data PERMITTED -> DRIFTED");
    see(DATA, State.DRIFTED, State.STOPPING);
    pending.onDelivered(now);
    after("10S");

    assertThat(deliver(all)).containsExactly("data DRIFTED -> STOPPING");
  }

  @Test
  void aFlappingStateIsBounded() {
    told(State.STOPPED);
    for (int round = 0; round < 1_000; round++) {
      see(DATA, State.UNKNOWN, State.STOPPING);
    }
    after("10S");

    assertThat(deliver(all)).hasSize(20).last().isEqualTo("data UNKNOWN -> STOPPING");
  }

  @Test
  void anUnmanagedKindIsToldAndForgotten() {
    told(State.STOPPED);
    see(DATA, State.UNMANAGED);
    after("10S");

    assertThat(deliver(all)).containsExactly("data STOPPED -> UNMANAGED");
    assertThat(pending.known()).containsExactly(LOG);
    assertThat(pending.unsaved())
        .containsExactly(new NotifiedState("hz-prod", Kind.DATA, State.UNMANAGED));
  }

  @Test
  void whatIsSavedWhileItChangesStaysUnsaved() {
    see(DATA, State.PERMITTED);
    after("10S");
    deliver(all);
    List<NotifiedState> saving = pending.unsaved();
    see(DATA, State.UNKNOWN);
    after("10S");
    deliver(all);
    pending.onSaved(saving);

    assertThat(pending.unsaved())
        .containsExactly(new NotifiedState("hz-prod", Kind.DATA, State.UNKNOWN));
  }
}
