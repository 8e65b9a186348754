package dev.backstop.folder;

import dev.backstop.config.BoundedFile;
import dev.backstop.folder.FileStability.ByteSource;
import dev.backstop.folder.IdentityReader.Reached;
import dev.backstop.policy.FolderIdentity;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists a policy folder with its subfolders, each to its end or as a mistake of its own. */
final class FolderListing {

  /** More entries than this are no folder of policies, or have no end. */
  private static final int MOST_ENTRIES = 100_000;

  private static final int MOST_LEVELS = 8;
  private static final int MANY = 1_000;

  private final IdentityReader identities;
  private final ByteSource source;
  private final Map<String, Entry> files = new LinkedHashMap<>();
  private final Map<String, Unread> unread = new TreeMap<>();
  private final Map<String, String> mistakes = new TreeMap<>();
  private final List<String> vanished = new ArrayList<>();
  private final Map<String, FolderIdentity> folders = new HashMap<>();
  private final List<Level> levels = new ArrayList<>();
  private int entries;

  /** A file that is read, or was about to be: it may be gone, or not be readable. */
  record Entry(Path path, FileStamp stamp) {}

  /**
   * An entry that is not read.
   *
   * @param stamp null where it leads nowhere
   * @param words what it is; empty for a document
   */
  record Unread(Path path, @Nullable FileStamp stamp, String words) {}

  /** The stamp of an entry that is not ignored, or why it could not be read. */
  private record Stamped(
      Path path, String name, @Nullable FileStamp stamp, @Nullable Throwable failure) {

    /** Passes on an entry with its stamp, unless its name is ignored. */
    static void unlessIgnored(Path path, Consumer<Stamped> entries) {
      String name = FileNames.of(path);
      if (!PolicyFileNames.isIgnored(name)) {
        entries.accept(of(path, name));
      }
    }

    private static Stamped of(Path path, String name) {
      try {
        return new Stamped(path, name, FileStamp.of(path), null);
      } catch (Throwable failed) {
        return new Stamped(path, name, null, failed);
      }
    }

    /** Returns the stamp, or throws what its reading has thrown. */
    FileStamp found() throws Throwable {
      if (stamp == null) {
        throw Objects.requireNonNull(failure);
      }
      return stamp;
    }
  }

  /** A folder that is being listed: where it is for us, what it is, and what it lies in. */
  private record Level(
      Path path, String name, int depth, Reached reached, Object key, @Nullable Level above) {

    boolean leadsBackTo(Object other) {
      return key.equals(other) || (above != null && above.leadsBackTo(other));
    }

    String child(String entry) {
      return name.isEmpty() ? entry : name + "/" + entry;
    }
  }

  private FolderListing(IdentityReader identities, ByteSource source) {
    this.identities = identities;
    this.source = source;
  }

  /**
   * Lists a folder.
   *
   * @throws IOException where the folder itself can't be listed to the end; not for what lies in it
   */
  static FolderListing of(Path folder, IdentityReader identities) throws IOException {
    return of(folder, identities, BoundedFile::read);
  }

  /** Lists a folder that is read from a given source. */
  static FolderListing of(Path folder, IdentityReader identities, ByteSource source)
      throws IOException {
    FolderListing listing = new FolderListing(identities, source);
    FileStamp stamp = FileStamp.of(folder);
    if (stamp.type() != FileStamp.Type.FOLDER) {
      throw new NotDirectoryException(folder.toString());
    }
    Reached root = identities.root();
    listing.list(new Level(folder, "", 0, root, key(stamp, root), null));
    return listing;
  }

  private static Object key(FileStamp stamp, Reached reached) {
    return stamp.key() == null ? reached.path() : stamp.key();
  }

  /** Returns the files that are read, by path within the folder, in the folder's own order. */
  Map<String, Entry> files() {
    return files;
  }

  /** Returns what is not read and lies under a visible name. */
  Map<String, Unread> unread() {
    return unread;
  }

  /** Returns files and subfolders that can't be read, with the reasons. */
  Map<String, String> mistakes() {
    return mistakes;
  }

  /** Returns files and subfolders that went while they were looked at. */
  List<String> vanished() {
    return vanished;
  }

  /**
   * Returns the identities of the folders that were listed to the end; the root's name is empty.
   */
  Map<String, FolderIdentity> folders() {
    return folders;
  }

  /** Returns whether every folder that was listed is still there, and the same. */
  boolean isStill() {
    for (Level level : levels) {
      try {
        Level above = level.above();
        Reached now =
            above == null ? identities.root() : identities.inside(above.reached(), level.path());
        if (!now.equals(level.reached())) {
          return false;
        }
      } catch (IOException gone) {
        return false;
      }
    }
    return true;
  }

  private void list(Level level) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = source.list(level.path())) {
      for (Path entry : stream) {
        if (++entries > MOST_ENTRIES) {
          throw new IOException("it has more than " + MOST_ENTRIES + " entries");
        }
        found.add(entry);
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    // Where they are many, with as many threads as there are processors.
    Stream<Path> all = found.size() < MANY ? found.stream() : found.parallelStream();
    all.mapMulti(Stamped::unlessIgnored).toList().forEach(entry -> admit(level, entry));
    folders.put(level.name(), level.reached().identity());
    levels.add(level);
  }

  private void admit(Level level, Stamped entry) {
    Path path = entry.path();
    String child = level.child(entry.name());
    boolean isRead = PolicyFileNames.isRead(entry.name());
    try {
      FileStamp stamp = entry.found();
      switch (stamp.type()) {
        case FILE -> file(child, entry.name(), path, stamp, isRead);
        case FOLDER -> folder(level, child, path, stamp, isRead);
        case OTHER -> unread.put(child, new Unread(path, stamp, "neither a file nor a folder"));
      }
    } catch (NoSuchFileException gone) {
      missing(child, path, isRead);
    } catch (Throwable failed) {
      mistakes.put(child, BoundedFile.words(failed));
    }
  }

  private void file(String child, String name, Path path, FileStamp stamp, boolean isRead) {
    if (isRead) {
      files.put(child, new Entry(path, stamp));
      return;
    }
    boolean isDocument = PolicyFileNames.isDocument(name);
    String words = isDocument ? "" : "not read: the name of a policy file ends in .yaml or .yml";
    unread.put(child, new Unread(path, stamp, words));
  }

  private void folder(Level level, String child, Path path, FileStamp stamp, boolean isFileName)
      throws IOException {
    if (isFileName) {
      unread.put(child, new Unread(path, stamp, "a folder with the name of a policy file"));
      return;
    }
    Reached reached = identities.inside(level.reached(), path);
    Object key = key(stamp, reached);
    if (level.leadsBackTo(key)) {
      mistakes.put(child, "the folder is a link to one that it lies in; remove the link");
    } else if (level.depth() == MOST_LEVELS) {
      mistakes.put(
          child, "folders are read " + MOST_LEVELS + " levels deep; move its files further up");
    } else {
      try {
        list(new Level(path, child, level.depth() + 1, reached, key, level));
      } catch (NoSuchFileException gone) {
        vanished.add(child);
      } catch (IOException failed) {
        mistakes.put(child, "the folder: " + BoundedFile.words(failed));
      }
    }
  }

  private void missing(String child, Path path, boolean isRead) {
    String words = "it is a link that leads nowhere; mend or remove it";
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      vanished.add(child);
    } else if (isRead) {
      mistakes.put(child, words);
    } else {
      unread.put(child, new Unread(path, null, words));
    }
  }
}
