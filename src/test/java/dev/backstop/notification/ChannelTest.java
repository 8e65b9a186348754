package dev.backstop.notification;

import static dev.backstop.notification.Examples.DATA;
import static dev.backstop.notification.Examples.NOW;
import static dev.backstop.notification.Examples.REASON;
import static dev.backstop.notification.Examples.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.observation.Kind;
import dev.backstop.plan.State;
import dev.backstop.state.DeliveryFailure;
import dev.backstop.state.NotificationRecords;
import dev.backstop.state.NotifiedState;
import dev.backstop.state.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Takes turns on virtual time, with a receiver that refuses as it is made to. */
class ChannelTest {

  private final Memory memory = new Memory();
  private final List<List<String>> arrived = new ArrayList<>();
  private @Nullable String refusal;
  private long now;
  private Channel channel = open();

  /** Remembers in memory, and fails as it is made to. */
  private static final class Memory implements NotificationRecords {
    private final Map<String, NotifiedState> notified = new LinkedHashMap<>();
    private @Nullable DeliveryFailure failure;
    private boolean isBroken;

    private void check() {
      if (isBroken) {
        throw new StoreException("the state store can't be written");
      }
    }

    @Override
    public List<NotifiedState> notified(String notification) {
      check();
      return List.copyOf(notified.values());
    }

    @Override
    public void save(String notification, Collection<NotifiedState> changed) {
      check();
      changed.forEach(one -> notified.put(one.cluster() + one.kind(), one));
    }

    @Override
    public void retain(Collection<String> notifications) {}

    @Override
    public List<DeliveryFailure> failures() {
      return failure == null ? List.of() : List.of(failure);
    }

    @Override
    public void saveFailure(String notification, @Nullable DeliveryFailure changed) {
      check();
      failure = changed;
    }
  }

  private Channel open() {
    return new Channel(
        Examples.all(),
        "backstop-1",
        this::receive,
        () -> memory,
        Clock.fixed(NOW, ZoneOffset.UTC),
        () -> now);
  }

  private void receive(Message message) throws DeliveryException {
    if (refusal != null) {
      throw new DeliveryException(refusal);
    }
    arrived.add(words(message.transitions()));
  }

  private void see(State state) {
    channel.observe(DATA, state, NOW, REASON);
  }

  /** Takes a turn after each wait that a turn asks for, until so much time has passed. */
  private int pass(Duration time) throws InterruptedException {
    long end = now + time.toNanos();
    int turns = 0;
    while (true) {
      turns++;
      long next = now + Math.max(1, channel.turn().toNanos());
      if (next > end) {
        now = end;
        return turns;
      }
      now = next;
    }
  }

  @Test
  void messageArrivesTenSecondsAfterTheFirstTransition() throws InterruptedException {
    see(State.STOPPING);
    assertThat(channel.turn()).isEqualTo(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(9));
    assertThat(arrived).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(arrived).containsExactly(List.of("data null -> STOPPING"));
    assertThat(memory.notified.values())
        .containsExactly(new NotifiedState("hz-prod", Kind.DATA, State.STOPPING));
  }

  @Test
  void aFailureIsTriedAgainEverMoreSeldom_andNothingIsLost() throws InterruptedException {
    refusal = "errcode 310000: sign not match";
    see(State.STOPPING);
    channel.onStatement(DATA);
    assertThat(pass(Duration.ofHours(1))).isBetween(12, 25);
    see(State.STOPPED);
    assertThat(memory.failures())
        .containsExactly(new DeliveryFailure("dba", NOW, "errcode 310000: sign not match"));
    assertThat(memory.notified).isEmpty();
    refusal = null;
    pass(Duration.ofMinutes(6));
    assertThat(arrived)
        .containsExactly(List.of("data null -> STOPPING", "data STOPPING -> STOPPED"));
    assertThat(memory.failures()).isEmpty();
  }

  @Test
  void aRestartTellsWhatDidNotArriveBefore_andNothingElse() throws InterruptedException {
    see(State.STOPPED);
    pass(Duration.ofSeconds(11));
    refusal = "no answer";
    see(State.DRIFTED);
    pass(Duration.ofSeconds(11));
    refusal = null;
    channel = open();
    see(State.DRIFTED);
    pass(Duration.ofSeconds(11));
    channel = open();
    see(State.DRIFTED);
    pass(Duration.ofSeconds(11));
    assertThat(arrived).containsExactly(List.of("data STOPPED -> DRIFTED"));
  }

  @Test
  void aFailureOnRecordIsToldAnewAfterARestart_whereItLasts() throws InterruptedException {
    refusal = "no answer";
    see(State.REFUSED);
    pass(Duration.ofSeconds(11));
    channel = open();
    channel.turn();
    assertThat(memory.failures()).isEmpty();
    see(State.REFUSED);
    pass(Duration.ofSeconds(11));
    assertThat(memory.failures()).hasSize(1);
    refusal = null;
    pass(Duration.ofSeconds(11));
    assertThat(memory.failures()).isEmpty();
  }

  @Test
  void aFailureIsOverWhereNothingIsLeftToTell() throws InterruptedException {
    see(State.STOPPED);
    pass(Duration.ofSeconds(11));
    refusal = "no answer";
    see(State.UNKNOWN);
    pass(Duration.ofSeconds(11));
    assertThat(memory.failures()).hasSize(1);
    see(State.STOPPED);
    pass(Duration.ofMinutes(6));
    assertThat(memory.failures()).isEmpty();
    assertThat(arrived).isEmpty();
  }

  @Test
  void aStoreThatCantBeWrittenDelaysNoMessage_andIsCaughtUpWith() throws InterruptedException {
    memory.isBroken = true;
    channel = open();
    see(State.REFUSED);
    pass(Duration.ofSeconds(11));
    assertThat(arrived).containsExactly(List.of("data null -> REFUSED"));
    memory.isBroken = false;
    pass(Duration.ofSeconds(6));
    assertThat(memory.notified.values())
        .containsExactly(new NotifiedState("hz-prod", Kind.DATA, State.REFUSED));
  }

  @Test
  void anInterruptedDeliveryIsNotOneThatArrived() throws InterruptedException {
    Channel interrupted =
        new Channel(
            Examples.all(),
            "backstop-1",
            message -> {
              throw new InterruptedException();
            },
            () -> memory,
            Clock.fixed(NOW, ZoneOffset.UTC),
            () -> now);
    interrupted.observe(DATA, State.REFUSED, NOW, REASON);
    now += Duration.ofSeconds(10).toNanos();
    assertThatThrownBy(interrupted::turn).isInstanceOf(InterruptedException.class);
    assertThat(memory.notified).isEmpty();
    assertThat(interrupted.known()).containsExactly(DATA);
  }
}
