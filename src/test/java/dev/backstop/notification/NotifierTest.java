package dev.backstop.notification;

import static dev.backstop.notification.Examples.NOW;
import static dev.backstop.notification.Examples.REASON;
import static dev.backstop.notification.Examples.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.NotificationSettings;
import dev.backstop.config.NotificationSettings.Template;
import dev.backstop.config.NotificationSettings.Url;
import dev.backstop.plan.State;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.NotificationRecords;
import dev.backstop.state.Report;
import dev.backstop.supervision.Supervisor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads are real, the monotonic clock is moved by hand. */
@Timeout(60)
class NotifierTest {

  private static final String HUNG = "hung";

  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final Map<String, BlockingQueue<List<String>>> arrived = new ConcurrentHashMap<>();
  private final Notifier notifier =
      new Notifier(
          "backstop-1",
          () -> NotificationRecords.NONE,
          Clock.fixed(NOW, ZoneOffset.UTC),
          Supervisor.ofProcess(Clock.systemUTC()),
          nanos::get,
          this::transport);

  @AfterEach
  void close() {
    hanging.countDown();
    notifier.close();
  }

  private Transport transport(NotificationSettings settings) {
    return message -> {
      if (settings.name().equals(HUNG)) {
        hanging.await();
      }
      of(settings.name()).add(words(message.transitions()));
    };
  }

  private BlockingQueue<List<String>> of(String name) {
    return arrived.computeIfAbsent(name, key -> new LinkedBlockingQueue<>());
  }

  private List<String> next(String name) throws InterruptedException {
    return Objects.requireNonNull(of(name).poll(30, TimeUnit.SECONDS), "nothing arrived");
  }

  private static NotificationSettings named(String name) {
    return new NotificationSettings(
        name,
        new Url(URI.create("http://h/" + name)),
        Template.JSON,
        null,
        "",
        EnumSet.allOf(State.class),
        Duration.ZERO);
  }

  private void end(String cluster, State state) {
    notifier.onCycleEnd(
        Report.unseen(cluster, "backstop-1", state, REASON, NOW), Duration.ZERO, Duration.ZERO);
  }

  /** Lets a group's time pass, and wakes the threads by a transition that is as wanted. */
  private void passGroup(String other) {
    nanos.addAndGet(PendingTransitions.GROUP.toNanos());
    end(other, State.PERMITTED);
  }

  @Test
  void receiverThatHangsDelaysNeitherTheLoopNorAnotherReceiver() throws InterruptedException {
    notifier.configure(List.of(named(HUNG), named("dba")));
    end("hz", State.REFUSED);
    passGroup("a");
    assertThat(next("dba")).containsExactly("data null -> REFUSED", "log null -> REFUSED");
    end("hz", State.STOPPED);
    passGroup("b");
    assertThat(next("dba")).containsExactly("data REFUSED -> STOPPED", "log REFUSED -> STOPPED");
    assertThat(of(HUNG)).isEmpty();
  }

  @Test
  void clustersThatNoPolicyNamesAnyMoreAreTold() throws InterruptedException {
    notifier.configure(List.of(named("dba")));
    end("hz", State.REFUSED);
    passGroup("a");
    assertThat(next("dba")).hasSize(2);
    notifier.onFolderScan(PolicyRegistry.EMPTY, true, NOW);
    passGroup("b");
    assertThat(next("dba"))
        .contains("data REFUSED -> UNMANAGED", "log REFUSED -> UNMANAGED")
        .doesNotContain("data null -> PERMITTED");
  }

  @Test
  void notificationThatIsAddedIsToldWhatIsNotAsWanted_andOneThatIsRemovedNothingMore()
      throws InterruptedException {
    notifier.configure(List.of(named("dba")));
    end("hz", State.REFUSED);
    end("sh", State.PERMITTED);
    passGroup("a");
    assertThat(next("dba")).hasSize(2);
    notifier.configure(List.of(named("pager")));
    passGroup("b");
    assertThat(next("pager")).containsExactly("data null -> REFUSED", "log null -> REFUSED");
    assertThat(of("dba")).isEmpty();
  }

  @Test
  void notificationThatStaysGoesOn() throws InterruptedException {
    notifier.configure(List.of(named("dba")));
    end("hz", State.REFUSED);
    notifier.configure(List.of(named("dba"), named("pager")));
    passGroup("a");
    assertThat(next("dba")).containsExactly("data null -> REFUSED", "log null -> REFUSED");
  }
}
