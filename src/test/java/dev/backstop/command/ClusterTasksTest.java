package dev.backstop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.state.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterTasksTest {

  @Test
  void resultsComeInTheOrderOfTheClusters() {
    List<String> results = new ArrayList<>();
    ClusterTasks.run(2, List.of("c3", "c1", "c2"), cluster -> cluster + "!", results::add);
    assertThat(results).containsExactly("c3!", "c1!", "c2!");
  }

  /** Its words are for the person; wrapped, it would look like a fault of Backstop. */
  @Test
  void failureOfATaskIsThrownAsItIs() {
    StoreException failure = new StoreException("the disk is full");
    assertThatThrownBy(
            () ->
                ClusterTasks.run(
                    2,
                    List.of("c1"),
                    cluster -> {
                      throw failure;
                    },
                    result -> {}))
        .isSameAs(failure);
  }
}
