package dev.backstop.store;

import dev.backstop.json.Json;
import dev.backstop.state.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lock that keeps a second {@code run} off a store on SQLite; the system frees it however the first
 * ends. The lock on the file is the proof that a daemon lives, the file's content says which one.
 */
public final class RunLock implements AutoCloseable {

  private static final int MOST_BYTES = 64 * 1024;

  /** A command that asks whether the lock is held holds it for a moment itself. */
  private static final int TRIES = 20;

  private static final long PAUSE_MILLIS = 25;

  /** Closing any channel of a file frees the process's locks on it, so ours are asked here. */
  private static final Map<Path, RunLock> OURS = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;
  private volatile Optional<LockHolder> holder = Optional.empty();

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Path file(Path storeFile) {
    return StoreFiles.beside(storeFile.toAbsolutePath().normalize(), ".run");
  }

  /**
   * Takes the lock beside a store's file.
   *
   * @return empty where another daemon has it
   * @throws StoreException where the lock's file can't be made, or is something else
   */
  public static Optional<RunLock> take(Path storeFile) {
    Path file = file(storeFile);
    if (OURS.containsKey(file)) {
      return Optional.empty();
    }
    try {
      Path folder = file.getParent();
      if (folder != null) {
        OwnerOnly.createFolders(folder);
      }
      return take(file, open(file));
    } catch (IOException e) {
      throw new StoreException(
          file + " can't be made; check the folder's owner and mode, and free space", e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    if (FileProbe.of(file).answer() != FileProbe.Answer.ABSENT && !FileProbe.isPlainFile(file)) {
      throw foreign(file);
    }
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, OwnerOnly.file(file));
  }

  private static Optional<RunLock> take(Path file, FileChannel channel) throws IOException {
    boolean isTaken = false;
    try {
      String content = read(channel);
      if (!content.isBlank() && LockHolder.parse(content).isEmpty()) {
        throw foreign(file);
      }
      OwnerOnly.handOver(file);
      // Whoever may read it could hold a lock on it and so keep the daemon from starting.
      OwnerOnly.tighten(file);
      isTaken = locked(channel);
      if (!isTaken) {
        return Optional.empty();
      }
      channel.truncate(0);
      RunLock lock = new RunLock(file, channel);
      OURS.put(file, lock);
      return Optional.of(lock);
    } finally {
      if (!isTaken) {
        channel.close();
      }
    }
  }

  private static StoreException foreign(Path file) {
    return new StoreException(
        file
            + " is something else than the lock that backstop run makes beside its state store;"
            + " move it away, or name another file in state.url");
  }

  private static boolean locked(FileChannel channel) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return true;
        }
      } catch (OverlappingFileLockException sameProcess) {
        return false;
      }
      if (!pause()) {
        return false;
      }
    }
    return false;
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Writes down who holds it, for commands to read. */
  public synchronized void describe(LockHolder who) {
    holder = Optional.of(who);
    try {
      ByteBuffer content = ByteBuffer.wrap(Json.write(who).getBytes(StandardCharsets.UTF_8));
      channel.truncate(0);
      channel.position(0);
      while (content.hasRemaining()) {
        channel.write(content);
      }
    } catch (IOException e) {
      throw new StoreException(file + " can't be written; free space there", e);
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(MOST_BYTES);
    int position = 0;
    while (content.hasRemaining()) {
      int count = channel.read(content, position);
      if (count < 0) {
        break;
      }
      position += count;
    }
    return new String(content.array(), 0, position, StandardCharsets.UTF_8);
  }

  /** Returns whether a daemon works on a store, whether or not its file is there; makes nothing. */
  public static LockState ask(Path storeFile) {
    Path file = file(storeFile);
    RunLock ours = OURS.get(file);
    if (ours != null) {
      return LockState.held(ours.holder);
    }
    FileProbe probe = FileProbe.of(file);
    if (probe.answer() == FileProbe.Answer.ABSENT) {
      return LockState.FREE;
    }
    if (probe.answer() != FileProbe.Answer.PRESENT || !FileProbe.isPlainFile(file)) {
      return LockState.unknown(
          file + " " + (probe.words().isEmpty() ? "is no file" : probe.words()));
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return ask(channel);
    } catch (IOException e) {
      return LockState.unknown(file + " can't be read: " + reason(e));
    }
  }

  /** The holder writes its name right after it took the lock. */
  private static LockState ask(FileChannel channel) throws IOException {
    for (int i = 0; ; i++) {
      try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
        if (lock != null) {
          return LockState.FREE;
        }
      } catch (OverlappingFileLockException sameProcess) {
        return LockState.held(Optional.empty());
      }
      Optional<LockHolder> found = LockHolder.parse(read(channel));
      if (found.isPresent() || i == TRIES || !pause()) {
        return LockState.held(found);
      }
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.toString();
  }

  /** Returns whether a {@code run} works on a store, whether or not its file is there. */
  public static boolean isTaken(Path storeFile) {
    return ask(storeFile).answer() == LockState.Answer.HELD;
  }

  @Override
  public void close() {
    OURS.remove(file, this);
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("the lock of the state store can't be given back", e);
    }
  }
}
