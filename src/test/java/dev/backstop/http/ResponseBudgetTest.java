package dev.backstop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits the memory of concurrent requests. */
class ResponseBudgetTest {

  private static final Duration FOREVER = Duration.ofMinutes(1);

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final CountDownLatch two = new CountDownLatch(2);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger making = new AtomicInteger();
  private final AtomicInteger mostMaking = new AtomicInteger();

  @AfterEach
  void end() {
    gate.countDown();
    clients.shutdownNow();
  }

  private Page slow(Map<String, List<String>> parameters) {
    mostMaking.accumulateAndGet(making.incrementAndGet(), Math::max);
    two.countDown();
    pass(gate);
    making.decrementAndGet();
    return Page.text(200, "made");
  }

  private static void pass(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int status(ResponseBudget ration) {
    try (ResponseBudget.Share share = ration.make(Map.of(), false)) {
      return share.page().status();
    }
  }

  @Test
  void returns503_whileTwoThreadsMakeThePage() throws Exception {
    ResponseBudget ration = new ResponseBudget(this::slow, Duration.ZERO);
    List<Future<Integer>> first = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      first.add(clients.submit(() -> status(ration)));
    }
    pass(two);

    try (ResponseBudget.Share third = ration.make(Map.of(), false)) {
      assertThat(third.page().status()).isEqualTo(503);
      assertThat(third.page().headers()).containsEntry("Retry-After", "5");
    }

    gate.countDown();
    for (Future<Integer> one : first) {
      assertThat(one.get()).isEqualTo(200);
    }
    assertThat(status(ration)).isEqualTo(200);
  }

  @Test
  void makesPageOfWaitingRequestLater_neverByMoreThanTwoThreads() throws Exception {
    ResponseBudget ration = new ResponseBudget(this::slow, FOREVER);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(clients.submit(() -> status(ration)));
    }
    pass(two);
    gate.countDown();
    for (Future<Integer> one : all) {
      assertThat(one.get()).isEqualTo(200);
    }
    assertThat(mostMaking).hasValue(2);
  }

  @Test
  void limitsMemoryOfUnreadPages() {
    byte[] body = new byte[ResponseBudget.MAX_BYTES / 3];
    ResponseBudget ration =
        new ResponseBudget(parameters -> new Page(200, "text/plain", body), Duration.ZERO);
    List<ResponseBudget.Share> unread = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      unread.add(ration.make(Map.of(), false));
    }
    assertThat(unread).filteredOn(share -> share.page().status() == 200).hasSize(3);
    assertThat(unread.stream().mapToLong(share -> share.page().body().length).sum())
        .isLessThan(ResponseBudget.MAX_BYTES + 200 * 200);

    unread.get(1).close();
    assertThat(status(ration)).isEqualTo(200);
    assertThat(status(ration)).as("the room of who has read comes back").isEqualTo(200);
  }

  @Test
  void countsCompressedPageByWhatIsSent() {
    byte[] body = new byte[ResponseBudget.MAX_BYTES];
    ResponseBudget ration =
        new ResponseBudget(parameters -> new Page(200, "text/plain", body), Duration.ZERO);
    List<ResponseBudget.Share> unread = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      unread.add(ration.make(Map.of(), true));
    }

    assertThat(unread).allMatch(share -> share.page().status() == 200);
    assertThat(unread).allMatch(share -> share.counted() == share.page().body().length);
    assertThat(unread.get(0).page().body()).hasSizeLessThan(ResponseBudget.MAX_BYTES / 100);
  }

  @Test
  void countsNoSmallPage() {
    byte[] body = new byte[ResponseBudget.UNCOUNTED_BYTES];
    ResponseBudget ration =
        new ResponseBudget(parameters -> new Page(200, "text/plain", body), Duration.ZERO);
    for (int i = 0; i < 2_000; i++) {
      assertThat(ration.make(Map.of(), false).page().status()).isEqualTo(200);
    }
  }

  @Test
  void sendsPageLargerThanBudget_toOneAtATime() {
    byte[] body = new byte[2 * ResponseBudget.MAX_BYTES];
    ResponseBudget ration =
        new ResponseBudget(parameters -> new Page(200, "text/plain", body), Duration.ZERO);
    try (ResponseBudget.Share alone = ration.make(Map.of(), false)) {
      assertThat(alone.page().status()).isEqualTo(200);
      assertThat(status(ration)).isEqualTo(503);
    }
    assertThat(status(ration)).isEqualTo(200);
  }

  @Test
  void releasesMakerThatFailed() {
    ResponseBudget ration =
        new ResponseBudget(
            parameters -> {
              throw new IllegalStateException("inside");
            },
            Duration.ZERO);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> ration.make(Map.of(), false)).hasMessage("inside");
    }
  }
}
