package dev.backstop.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cycles that take too long, found with one timer; time passes where the test says so. */
class SharedPatienceTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final List<String> slow = new ArrayList<>();
  private final List<Duration> timers = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private long nanos;
  private final SharedPatience patience =
      new SharedPatience(
          LIMIT,
          () -> nanos,
          (after, what) -> {
            timers.add(after);
            waiting.add(what);
          });

  private Runnable begin(String cycle) {
    return patience.arrange(() -> slow.add(cycle));
  }

  private void pass(long millis) {
    nanos += Duration.ofMillis(millis).toNanos();
  }

  private void ring() {
    waiting.remove(0).run();
  }

  @Test
  void cycleThatLastsIsCalledSlowOnceItsTimeIsOver() {
    Runnable end = begin("a");
    pass(1000);
    ring();
    assertThat(slow).containsExactly("a");
    end.run();
    assertThat(waiting).as("nothing is left to wait for").isEmpty();
  }

  @Test
  void cycleThatEndsInTimeIsNot() {
    begin("a").run();
    pass(1000);
    ring();
    assertThat(slow).isEmpty();
    assertThat(waiting).isEmpty();
  }

  @Test
  void oneTimerIsSetForAll_andAgainForWhatBeganLater() {
    begin("a");
    pass(400);
    begin("b");
    begin("ends").run();
    assertThat(timers).containsExactly(LIMIT);
    pass(600);
    ring();
    assertThat(slow).containsExactly("a");
    assertThat(timers).containsExactly(LIMIT, Duration.ofMillis(400));
    pass(400);
    ring();
    assertThat(slow).containsExactly("a", "b");
    assertThat(waiting).isEmpty();
  }

  @Test
  void cycleThatBeginsAfterAllOthersEndedSetsTheTimerAnew() {
    begin("a").run();
    pass(1000);
    ring();
    begin("b");
    assertThat(timers).containsExactly(LIMIT, LIMIT);
    pass(1000);
    ring();
    assertThat(slow).containsExactly("b");
  }

  @Test
  void timerThatRingsEarlyCallsNothingSlow() {
    begin("a");
    pass(999);
    ring();
    assertThat(slow).isEmpty();
    assertThat(timers).containsExactly(LIMIT, Duration.ofMillis(1));
  }
}
