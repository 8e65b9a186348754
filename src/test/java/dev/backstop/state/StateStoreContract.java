package dev.backstop.state;

import static dev.backstop.state.StoredValues.NOW;
import static dev.backstop.state.StoredValues.admit;
import static dev.backstop.state.StoredValues.report;
import static dev.backstop.state.StoredValues.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.plan.ClusterRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Says what every store promises, also to several writers at once; each implementation runs all of
 * it.
 */
public abstract class StateStoreContract
    implements StoredRegistryContract,
        BudgetContract,
        PermitContract,
        DisarmingContract,
        HistoryContract {

  @Test
  void ofManyWritersOneWinsEachRevision() throws Exception {
    List<Integer> wins =
        together(
            i -> {
              StateStore mine = i % 2 == 0 ? store() : neighbour();
              int won = 0;
              for (int round = 0; round < 20; round++) {
                ClusterRecord read = mine.load("hz").record();
                won += mine.saveCycle(read, report("hz"), List.of()).isPresent() ? 1 : 0;
              }
              return won;
            });
    int won = wins.stream().mapToInt(Integer::intValue).sum();
    assertThat(store().load("hz").record().revision()).isEqualTo(won).isGreaterThan(0);
  }

  @Test
  void ofManyActorsOneGetsThePermit() throws Exception {
    List<Boolean> granted =
        together(
            i -> {
              StateStore mine = i % 2 == 0 ? store() : neighbour();
              Actor actor = new Actor("backstop-" + i, "daemon", "backstop-" + i);
              Authorization answer = mine.authorize(request(actor, ClusterRecord.none("hz"), NOW));
              return answer.permit() != null;
            });
    assertThat(granted).containsOnlyOnce(true);
    assertThat(told()).hasSize(1);
  }

  @Test
  void ofManyClustersTheBudgetAdmitsNoMoreThanItsLimit() throws Exception {
    List<Boolean> admitted =
        together(i -> admit(i % 2 == 0 ? store() : neighbour(), "c" + i, 3, NOW));
    assertThat(admitted).filteredOn(Boolean::booleanValue).hasSize(3);
  }

  private interface Numbered<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> together(Numbered<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int number = i;
        calls.add(() -> work.run(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
