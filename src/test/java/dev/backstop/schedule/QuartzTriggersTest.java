package dev.backstop.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backstop.reconcile.Triggers;
import dev.backstop.reconcile.TriggersContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quartz on real time. */
class QuartzTriggersTest extends TriggersContract {

  private final List<QuartzTriggers> opened = new ArrayList<>();

  @Override
  protected Triggers start(BiConsumer<String, Instant> fired) {
    QuartzTriggers triggers = open(fired);
    triggers.start();
    return triggers;
  }

  @Override
  protected Instant now() {
    return Instant.now();
  }

  @Override
  protected void waitUntil(BooleanSupplier condition, Duration atMost) {
    await().atMost(atMost).pollInterval(Duration.ofMillis(5)).until(condition::getAsBoolean);
  }

  private QuartzTriggers open(BiConsumer<String, Instant> fired) {
    QuartzTriggers triggers = new QuartzTriggers(fired);
    opened.add(triggers);
    return triggers;
  }

  @AfterEach
  void close() {
    opened.forEach(QuartzTriggers::close);
  }

  @Test
  void severalSchedulersLiveInOneJvm() {
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();
    start((cluster, when) -> first.add(cluster)).at("same", now());
    start((cluster, when) -> second.add(cluster)).at("same", now());
    waitUntil(() -> first.size() == 1 && second.size() == 1, Duration.ofSeconds(10));
    assertThat(first).containsExactly("same");
    assertThat(second).containsExactly("same");
  }

  @Test
  void nothingFiresBeforeTheStart_andAllOfItAfter() {
    List<Instant> fired = new CopyOnWriteArrayList<>();
    QuartzTriggers triggers = open((cluster, when) -> fired.add(when));
    Instant asked = Instant.parse("2020-01-01T00:00:00Z");
    triggers.at("a", asked);
    assertThat(fired).isEmpty();
    triggers.start();
    waitUntil(() -> fired.size() == 1, Duration.ofSeconds(10));
    assertThat(fired).containsExactly(asked);
  }

  @Test
  void requestsAfterTheCloseAreIgnored() {
    List<String> fired = new CopyOnWriteArrayList<>();
    QuartzTriggers triggers = open((cluster, when) -> fired.add(cluster));
    triggers.start();
    triggers.close();
    triggers.at("late", now());
    triggers.cancel("late");
    triggers.close();
    start((cluster, when) -> fired.add(cluster)).at("end", now().plusMillis(50));
    waitUntil(() -> fired.contains("end"), Duration.ofSeconds(10));
    assertThat(fired).containsExactly("end");
  }

  @Test
  void everyThreadIsADaemon() {
    start((cluster, when) -> {});
    assertThat(threads("backstop-")).isNotEmpty().allMatch(Thread::isDaemon);
  }

  @Test
  void consumerThatThrowsDoesNotStopTheOthers() {
    List<String> fired = new CopyOnWriteArrayList<>();
    Triggers triggers =
        start(
            (cluster, when) -> {
              if (cluster.equals("bad")) {
                throw new IllegalStateException("on purpose");
              }
              fired.add(cluster);
            });
    triggers.at("bad", now());
    triggers.at("good", now().plusMillis(30));
    waitUntil(() -> fired.size() == 1, Duration.ofSeconds(10));
    assertThat(fired).containsExactly("good");
  }

  @Test
  void consumerThatThrowsDoesNotStopThoseOfTheSameInstant() {
    List<String> fired = new CopyOnWriteArrayList<>();
    Triggers triggers =
        start(
            (cluster, when) -> {
              fired.add(cluster);
              throw new IllegalStateException("on purpose");
            });
    Instant when = now().plusMillis(100);
    List.of("a", "b", "c").forEach(cluster -> triggers.at(cluster, when));
    waitUntil(() -> fired.size() == 3, Duration.ofSeconds(10));
    assertThat(fired).containsExactly("a", "b", "c");
  }

  private static List<Thread> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }
}
