package dev.backstop.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints that something happened in a folder; a scan is the truth, so missing an event does no harm.
 *
 * <p>{@link #await} is for one thread; {@link #close} may come from any.
 */
public final class FileEventSource implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileEventSource.class);

  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_MODIFY,
    StandardWatchEventKinds.ENTRY_DELETE
  };

  private final Path folder;
  private final Runnable watchEnded;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile @Nullable WatchService watcher;
  private @Nullable Watch watch;
  private boolean complained;

  /** What is watched: the folder with its file key, and the parent where it is a link. */
  private record Watch(WatchKey key, @Nullable Object fileKey, @Nullable WatchKey linkKey) {
    boolean owns(WatchKey signalled) {
      return signalled.equals(key) || signalled.equals(linkKey);
    }

    void cancel() {
      key.cancel();
      if (linkKey != null) {
        linkKey.cancel();
      }
    }
  }

  /**
   * Watches a folder, which need not be there yet; nothing is opened before the first wait.
   *
   * @param watchEnded runs when the folder that was watched is no more
   */
  public FileEventSource(Path folder, Runnable watchEnded) {
    this.folder = folder.toAbsolutePath();
    this.watchEnded = watchEnded;
  }

  /**
   * Waits until something happens in the folder, at most for the given time.
   *
   * @return whether something may have happened: an entry came, changed or went, or the folder did
   */
  public boolean await(Duration atMost) throws InterruptedException {
    try {
      if (renew()) {
        return true;
      }
      WatchService open = watcher;
      Watch current = watch;
      if (open == null || current == null) {
        // Nothing to watch: only close() ends this wait early.
        closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        return false;
      }
      WatchKey signalled;
      do {
        // A key of a folder that is watched no more may still be queued, and says nothing of this.
        signalled = open.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
      } while (signalled != null && !current.owns(signalled));
      return signalled != null && happened(current, signalled);
    } catch (ClosedWatchServiceException ended) {
      return false;
    }
  }

  /** Ends a wait that is going on, and all later ones at once. */
  @Override
  public void close() {
    closed.countDown();
    WatchService open = watcher;
    if (open != null) {
      try {
        open.close();
      } catch (IOException failed) {
        LOG.debug("closing the watch of {} failed", folder, failed);
      }
    }
  }

  private boolean happened(Watch current, WatchKey signalled) {
    boolean ofLink = signalled.equals(current.linkKey());
    boolean concerns =
        signalled.pollEvents().stream().anyMatch(event -> !ofLink || concernsLink(event));
    if (signalled.reset()) {
      return concerns;
    }
    if (!ofLink) {
      end(current);
    }
    return true;
  }

  private boolean concernsLink(WatchEvent<?> event) {
    return event.context() == null || event.context().equals(folder.getFileName());
  }

  /** Watches the folder that is there now; returns whether it is another one than before. */
  private boolean renew() {
    if (closed.getCount() == 0) {
      return false;
    }
    Watch current = watch;
    try {
      Object fileKey = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
      if (current != null
          && current.key().isValid()
          && Objects.equals(current.fileKey(), fileKey)) {
        return false;
      }
      if (current != null) {
        end(current);
      }
      watch = register(fileKey);
      complained = false;
      return true;
    } catch (IOException | UnsupportedOperationException unavailable) {
      if (current != null) {
        end(current);
      }
      complain(unavailable);
      return current != null;
    }
  }

  private Watch register(@Nullable Object fileKey) throws IOException {
    WatchService open = watcher;
    if (open == null) {
      open = folder.getFileSystem().newWatchService();
      watcher = open;
      if (closed.getCount() == 0) {
        open.close();
      }
    }
    Path parent = folder.getParent();
    WatchKey linkKey =
        Files.isSymbolicLink(folder) && parent != null ? parent.register(open, KINDS) : null;
    return new Watch(folder.register(open, KINDS), fileKey, linkKey);
  }

  /** A link that leads elsewhere now is no other folder, as its identity is its parent's. */
  private void end(Watch ended) {
    ended.cancel();
    watch = null;
    if (ended.linkKey() == null) {
      watchEnded.run();
    }
  }

  private void complain(Exception unavailable) {
    if (!complained && !(unavailable instanceof NoSuchFileException)) {
      complained = true;
      LOG.warn(
          "no file events for {}: {}; changes are still seen by the regular scans",
          folder,
          unavailable.getMessage());
    }
  }
}
