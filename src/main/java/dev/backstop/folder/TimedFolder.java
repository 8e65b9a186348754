package dev.backstop.folder;

import dev.backstop.config.BoundedFile;
import dev.backstop.config.PolicyReader;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.registry.PolicySource;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scans a policy folder in a thread of its own, so that a listing that does not end is an answer
 * too: a folder that can't be read. What the late listing shows in the end is of another time, and
 * is dropped. Safe for use by several threads.
 */
public final class TimedFolder implements PolicySource {

  private final PolicyFolder folder;
  private final String path;
  private final Duration patience;
  private final LongSupplier nanos;
  private final Executor thread;
  private @Nullable FutureTask<FolderScan> late;
  private long begunAt;

  /** Scans a folder, which need not be there yet. */
  public TimedFolder(Path folder, Duration settle, PolicyReader reader) {
    this(
        new PolicyFolder(folder, settle, reader),
        FileNames.ofPath(folder),
        BoundedCalls.LONGEST,
        System::nanoTime,
        thread());
  }

  TimedFolder(
      PolicyFolder folder, String path, Duration patience, LongSupplier nanos, Executor thread) {
    this.folder = folder;
    this.path = path;
    this.patience = patience;
    this.nanos = nanos;
    this.thread = thread;
  }

  /** One thread, that ends by itself where nothing is scanned any more. */
  private static Executor thread() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread scanning = new Thread(work, "backstop-scan");
              scanning.setDaemon(true);
              return scanning;
            });
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  /** Takes over a reloaded configuration: every file is judged anew at the next scan. */
  public void reloaded(Duration settle, PolicyReader reader) {
    thread.execute(() -> folder.reloaded(settle, reader));
  }

  /** Notes that the folder's watch ended, as it may be another folder. */
  public void watchEnded() {
    thread.execute(folder::watchEnded);
  }

  @Override
  public synchronized FolderScan scan(ClockReading now) {
    FutureTask<FolderScan> task = late;
    if (task == null || task.isDone()) {
      task = new FutureTask<>(() -> folder.scan(now));
      begunAt = nanos.getAsLong();
      thread.execute(task);
    }
    late = task;
    Duration passed = passed();
    try {
      FolderScan scan = BoundedCalls.await(task, patience.minus(passed));
      late = null;
      return scan;
    } catch (TimeoutException hung) {
      return unreadable(now, BoundedCalls.words(passed()));
    } catch (IOException failed) {
      return unreadable(now, BoundedFile.words(failed));
    }
  }

  private Duration passed() {
    return Duration.ofNanos(nanos.getAsLong() - begunAt);
  }

  private FolderScan unreadable(ClockReading now, String words) {
    return new FolderScan(
        now, new Directory(Access.UNREADABLE, "", false, path + ": " + words), List.of());
  }

  @Override
  public synchronized void scanEnded(TimelineInstant at) {
    // What is said of the last scan is not said of one that goes on.
    if (late == null) {
      folder.scanEnded(at);
    }
  }

  @Override
  public synchronized void scanTaken() {
    if (late == null) {
      folder.scanTaken();
    }
  }

  @Override
  public synchronized Optional<TimelineInstant> rescanAt() {
    return late == null ? folder.rescanAt() : Optional.empty();
  }
}
