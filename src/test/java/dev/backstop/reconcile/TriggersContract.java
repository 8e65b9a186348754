package dev.backstop.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Triggers} does, on real time and on virtual time alike. */
public abstract class TriggersContract {

  private static final Schedule MINUTELY = Schedule.every(Duration.ofMinutes(1), ZoneId.of("UTC"));

  /** Enough for a busy machine to take a request back before it fires. */
  private static final Duration MARGIN = Duration.ofMillis(700);

  private final List<Firing> firings = new CopyOnWriteArrayList<>();
  private Triggers triggers;

  /** One firing, as the consumer got it. */
  private record Firing(String cluster, Instant scheduledFor, Instant firedAt) {}

  /** Makes the triggers under test, started, which hand each firing to the consumer. */
  protected abstract Triggers start(BiConsumer<String, Instant> fired);

  /** Returns the time that the triggers go by. */
  protected abstract Instant now();

  /** Lets time pass until the condition holds, at most so long. */
  protected abstract void waitUntil(BooleanSupplier condition, Duration atMost);

  @BeforeEach
  void startTriggers() {
    triggers = start((cluster, when) -> firings.add(new Firing(cluster, when, now())));
  }

  @Test
  void firesAtTheInstantAskedFor_neverBefore() {
    Instant when = now().plusMillis(120);
    triggers.at("a", when);
    waitForFirings(1);
    Firing firing = firings.get(0);
    assertThat(firing.cluster()).isEqualTo("a");
    assertThat(firing.scheduledFor()).isBetween(when, when.plusMillis(1));
    assertThat(firing.firedAt()).isAfterOrEqualTo(when);
  }

  @Test
  void firesAtOnce_whenTheInstantHasPassed() {
    Instant longAgo = now().minus(Duration.ofDays(3));
    triggers.at("a", longAgo);
    waitForFirings(1);
    assertThat(firings.get(0).cluster()).isEqualTo("a");
  }

  @Test
  void firesOnceForEachRequest() {
    triggers.at("a", now());
    waitForFirings(1);
    triggers.at("a", now());
    waitForFirings(2);
    triggers.at("end", now().plusMillis(50));
    waitForFirings(3);
    assertThat(clusters()).containsExactly("a", "a", "end");
  }

  @Test
  void laterRequestReplacesTheEarlierOne_whetherSoonerOrLater() {
    triggers.at("a", now().plus(Duration.ofHours(1)));
    triggers.at("a", now().plusMillis(50));
    waitForFirings(1);
    triggers.at("b", now().plus(MARGIN));
    triggers.at("b", now().plus(Duration.ofHours(1)));
    triggers.at("end", now().plus(MARGIN).plusMillis(50));
    waitForFirings(2);
    assertThat(clusters()).containsExactly("a", "end");
  }

  @Test
  void cancelledRequestDoesNotFire() {
    triggers.at("a", now().plus(MARGIN));
    triggers.cancel("a");
    triggers.cancel("never asked for");
    triggers.at("end", now().plus(MARGIN).plusMillis(50));
    waitForFirings(1);
    assertThat(clusters()).containsExactly("end");
  }

  @Test
  void eachClusterFiresAtItsOwnTime() {
    Instant base = now().plusMillis(100);
    triggers.at("third", base.plusMillis(60));
    triggers.at("first", base);
    triggers.at("second", base.plusMillis(30));
    waitForFirings(3);
    assertThat(clusters()).containsExactlyInAnyOrder("first", "second", "third");
    assertThat(firings).allMatch(firing -> !firing.firedAt().isBefore(firing.scheduledFor()));
  }

  @Test
  void clustersOfOneInstantAllFire_butThoseTakenBackOrMoved() {
    Instant when = now().plus(MARGIN);
    List.of("a", "b", "cancelled", "moved").forEach(name -> triggers.at(name, when));
    triggers.at("a", when);
    triggers.cancel("cancelled");
    triggers.at("moved", now().plus(Duration.ofHours(1)));
    triggers.at("end", when.plusMillis(50));
    waitForFirings(3);
    assertThat(clusters()).containsExactly("a", "b", "end");
  }

  @Test
  void instantThatWasGivenUpCanBeAskedForAgain() {
    Instant when = now().plus(MARGIN);
    triggers.at("a", when);
    triggers.cancel("a");
    triggers.at("b", when);
    triggers.at("b", when.plusMillis(50));
    triggers.at("c", when);
    waitForFirings(2);
    assertThat(clusters()).containsExactly("c", "b");
  }

  @Test
  void thousandsOfClustersAllFire() {
    List<String> names = IntStream.range(0, 3000).mapToObj(number -> "c" + number).toList();
    names.forEach(name -> triggers.at(name, now().plusMillis(200)));
    waitForFirings(names.size());
    assertThat(clusters()).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void nextOfAnInterval_isOneIntervalLater() {
    Instant after = Instant.parse("2026-03-01T10:00:00.123Z");
    assertThat(triggers.next(MINUTELY, after)).isEqualTo(after.plusSeconds(60));
  }

  @Test
  void nextOfACron_goesByItsZone() {
    Schedule nightly =
        Schedule.cron("0 0 2 * * ?", Duration.ofSeconds(30), ZoneId.of("Asia/Shanghai"));
    assertThat(triggers.next(nightly, Instant.parse("2026-03-01T10:00:00Z")))
        .isEqualTo(Instant.parse("2026-03-01T18:00:00Z"));
  }

  private List<String> clusters() {
    return firings.stream().map(Firing::cluster).toList();
  }

  private void waitForFirings(int count) {
    waitUntil(() -> firings.size() >= count, Duration.ofSeconds(20));
    assertThat(firings).hasSize(count);
  }
}
