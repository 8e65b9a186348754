package dev.backstop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.state.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClusterTasksTest {

  @Test
  void resultsComeInTheOrderOfTheClusters() {
    assertThat(
            new ClusterTasks("Looked at", words -> {})
                .run(List.of("c3", "c1", "c2"), cluster -> cluster + "!", result -> {}))
        .containsExactly("c1!", "c2!", "c3!");
  }

  /** Its words are for the person; wrapped, it would look like a fault of Backstop. */
  @Test
  void failureOfATaskIsThrownAsItIs() {
    StoreException failure = new StoreException("the disk is full");
    assertThatThrownBy(
            () ->
                new ClusterTasks("Looked at", words -> {})
                    .run(
                        List.of("c1"),
                        cluster -> {
                          throw failure;
                        },
                        result -> {}))
        .isSameAs(failure);
  }

  /** Each task but the first waits until all others have begun, so none would end in turn. */
  @Test
  @Timeout(30)
  void clusterThatHangsDelaysNoOther_andIsNamedAsTheOneToWaitFor() {
    CountDownLatch others = new CountDownLatch(39);
    CountDownLatch hung = new CountDownLatch(1);
    List<String> clusters =
        IntStream.range(0, 40).mapToObj(number -> "c%02d".formatted(number)).toList();
    List<String> ends = new ArrayList<>();
    List<String> progress = new ArrayList<>();

    new ClusterTasks("Checked", progress::add)
        .run(
            clusters,
            cluster -> {
              if (cluster.equals("c00")) {
                return await(hung, cluster);
              }
              others.countDown();
              return await(others, cluster);
            },
            end -> {
              ends.add(end);
              if (ends.size() == 39) {
                hung.countDown();
              }
            });

    assertThat(ends).hasSize(40).endsWith("c00");
    assertThat(progress)
        .startsWith("Checked 0 of 40 clusters ...")
        .endsWith("Checked 39 of 40 clusters; waiting for c00 ...");
  }

  private static String await(CountDownLatch latch, String cluster) {
    try {
      latch.await();
      return cluster;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
