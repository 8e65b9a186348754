package dev.backstop.store;

import dev.backstop.reconcile.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** Keeps a second {@code run} off a store on SQLite; the system frees it however the first ends. */
public final class RunLock implements AutoCloseable {

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock beside a store's file.
   *
   * @return empty where another process has it
   * @throws StoreException where the lock's file can't be made
   */
  public static Optional<RunLock> take(Path storeFile) {
    Path file = StoreFiles.beside(storeFile, ".run");
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        OwnerOnly.createFolders(folder);
      }
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnly.file(file));
      // Whoever may read it could hold a lock on it and so keep the daemon from starting.
      OwnerOnly.tighten(file);
      return locked(channel);
    } catch (IOException e) {
      throw new StoreException(
          file + " can't be made; check the folder's owner and mode, and free space", e);
    }
  }

  /** Tells whether a {@code run} works on a store, whether or not its file is there. */
  public static boolean isTaken(Path storeFile) {
    if (Files.notExists(StoreFiles.beside(storeFile, ".run"))) {
      return false;
    }
    Optional<RunLock> free = take(storeFile);
    free.ifPresent(RunLock::close);
    return free.isEmpty();
  }

  private static Optional<RunLock> locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new RunLock(channel));
      }
    } catch (OverlappingFileLockException alreadyOurs) {
      // Another run in this process has it.
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("the lock of the state store can't be given back", e);
    }
  }
}
