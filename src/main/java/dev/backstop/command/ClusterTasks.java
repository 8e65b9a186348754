package dev.backstop.command;

import dev.backstop.daemon.BackstopException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs a task for each cluster, a limited number at once. */
final class ClusterTasks {

  private ClusterTasks() {}

  /**
   * Runs the tasks, and hands over each result in the order of the clusters.
   *
   * @throws BackstopException where the command is interrupted; tasks under way are interrupted too
   */
  static <T> void run(
      int parallelism, List<String> clusters, Function<String, T> task, Consumer<T> results) {
    ExecutorService threads = Executors.newFixedThreadPool(parallelism);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (String cluster : clusters) {
        futures.add(threads.submit(() -> task.apply(cluster)));
      }
      for (Future<T> future : futures) {
        results.accept(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BackstopException.failed("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException("a task fails only by a fault of Backstop", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
