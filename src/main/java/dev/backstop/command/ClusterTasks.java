package dev.backstop.command;

import dev.backstop.daemon.BackstopException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs a task for each cluster, for all at once: one that hangs costs its own time only. */
final class ClusterTasks {

  /** A thread and a connection each; more would only wait for the processor. */
  private static final int MOST_AT_ONCE = 256;

  private static final int MOST_NAMED = 3;

  private final String verb;
  private final Consumer<String> progress;

  /**
   * Tells the progress of tasks.
   *
   * @param verb what a task has done to a cluster: {@code Looked at}
   */
  ClusterTasks(String verb, Consumer<String> progress) {
    this.verb = verb;
    this.progress = progress;
  }

  /**
   * Runs the tasks.
   *
   * @param onEnd receives each result in the calling thread, in the order in which they come
   * @return the results in the order of the clusters' names
   * @throws BackstopException where the command is interrupted; tasks under way are interrupted too
   */
  <T> List<T> run(Collection<String> clusters, Function<String, T> task, Consumer<T> onEnd) {
    if (clusters.isEmpty()) {
      return List.of();
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(clusters.size(), MOST_AT_ONCE));
    ExecutorCompletionService<Result<T>> ends = new ExecutorCompletionService<>(threads);
    TreeSet<String> left = new TreeSet<>(clusters);
    TreeMap<String, T> results = new TreeMap<>();
    try {
      left.forEach(cluster -> ends.submit(() -> new Result<>(cluster, task.apply(cluster))));
      while (!left.isEmpty()) {
        progress.accept(words(results.size(), clusters.size(), left));
        Result<T> end = ends.take().get();
        left.remove(end.cluster());
        results.put(end.cluster(), end.value());
        onEnd.accept(end.value());
      }
      return List.copyOf(results.values());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BackstopException.failed("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException("a task never fails but by a fault of Backstop", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private String words(int done, int all, SortedSet<String> left) {
    String waiting =
        done > 0 && left.size() <= MOST_NAMED ? "; waiting for " + String.join(", ", left) : "";
    String clusters = all == 1 ? "cluster" : "clusters";
    return "%s %s of %s %s%s ...".formatted(verb, done, all, clusters, waiting);
  }

  private record Result<T>(String cluster, T value) {}
}
