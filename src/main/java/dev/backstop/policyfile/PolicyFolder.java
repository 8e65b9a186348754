package dev.backstop.policyfile;

import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.reconcile.PolicySource;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scans the policy folder; a file's version counts when two reads, far enough apart, agree.
 *
 * <p>What it remembers between scans only tells settled bytes from changing ones; losing it costs
 * one more read. Safe for use by several threads.
 */
public final class PolicyFolder implements PolicySource {

  private final Path folder;
  private final FileTrack.ByteSource source;
  private final FolderIdentity identity;
  private final Map<String, FileTrack> tracks = new TreeMap<>();

  private Duration settle;
  private PolicyReader reader;
  private int watchesEnded;
  private int endsShown;
  private int endsTaken;
  private @Nullable Instant vanishedDue;

  /** Scans a folder, which need not be there yet. */
  public PolicyFolder(Path folder, Duration settle, PolicyReader reader) {
    this(folder, settle, reader, BoundedFile::read);
  }

  PolicyFolder(Path folder, Duration settle, PolicyReader reader, FileTrack.ByteSource source) {
    this.folder = folder;
    this.settle = settle;
    this.reader = reader;
    this.source = source;
    this.identity = new FolderIdentity(folder);
  }

  /** Lists the files that count as policy files, sorted. */
  public static List<Path> policyFiles(Path folder) throws IOException {
    List<Path> files = new ArrayList<>(named(folder).values());
    files.removeIf(Files::isDirectory);
    return files;
  }

  /** Lists what has the name of a policy file, by that name; folders may be among it. */
  private static Map<String, Path> named(Path folder) throws IOException {
    Map<String, Path> named = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (PolicyFileNames.counts(name)) {
          named.put(name, entry);
        }
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return named;
  }

  /** Takes over a reloaded configuration: every file is judged anew at the next scan. */
  public synchronized void reloaded(Duration newSettle, PolicyReader newReader) {
    settle = newSettle;
    reader = newReader;
  }

  /**
   * Notes that the folder's watch ended, as it may be another folder. Scans say so until one of
   * them is taken.
   */
  public synchronized void watchEnded() {
    watchesEnded++;
  }

  @Override
  public synchronized FolderScan scan(Instant now) {
    endsShown = watchesEnded;
    boolean ended = endsShown != endsTaken;
    vanishedDue = null;
    try {
      if (!Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
        throw new NotDirectoryException(folder.toString());
      }
      String before = identity.read();
      List<FoundFile> files = look(named(folder), now);
      String after = identity.read();
      // A folder swapped in mid-scan must not lend its files to the one before.
      boolean swapped = !before.equals(after);
      return new FolderScan(
          now, new Directory(Access.READABLE, after, ended || swapped, ""), files);
    } catch (NoSuchFileException missing) {
      return without(now, Access.MISSING, ended, "there is no folder " + folder);
    } catch (IOException failed) {
      return without(now, Access.UNREADABLE, ended, folder + ": " + BoundedFile.words(failed));
    }
  }

  @Override
  public synchronized void scanEnded(Instant at) {
    tracks.values().forEach(track -> track.readBy(at));
  }

  @Override
  public synchronized void scanTaken() {
    endsTaken = endsShown;
  }

  @Override
  public synchronized void clockJumped() {
    tracks.clear();
  }

  @Override
  public synchronized Optional<Instant> rescanAt() {
    Instant first = vanishedDue;
    for (FileTrack track : tracks.values()) {
      Instant due = track.due(settle);
      first = due != null && (first == null || due.isBefore(first)) ? due : first;
    }
    return Optional.ofNullable(first);
  }

  private FolderScan without(Instant now, Access access, boolean ended, String words) {
    tracks.clear();
    return new FolderScan(now, new Directory(access, "", ended, words), List.of());
  }

  private List<FoundFile> look(Map<String, Path> listed, Instant now) {
    List<FoundFile> found = new ArrayList<>();
    List<PolicyReading> readings = new ArrayList<>();
    Set<String> present = new HashSet<>();
    for (Map.Entry<String, Path> entry : listed.entrySet()) {
      String name = entry.getKey();
      Path path = entry.getValue();
      FileTrack track = tracks.computeIfAbsent(name, key -> new FileTrack(path, source));
      try {
        FileStamp stamp = FileStamp.of(path);
        if (stamp.isFolder()) {
          continue;
        }
        PolicyReading reading = track.look(stamp, now, settle, this.reader);
        present.add(name);
        if (reading == null) {
          found.add(FoundFile.unsettled(name));
        } else {
          readings.add(reading);
        }
      } catch (NoSuchFileException gone) {
        if (!isDangling(path)) {
          found.add(FoundFile.unsettled(name));
          vanishedDue = now.plus(settle);
        }
      } catch (IOException failed) {
        present.add(name);
        found.add(track.unreadable(failed));
      }
    }
    tracks.keySet().retainAll(present);
    DuplicateNames.refused(readings).forEach(reading -> found.add(reading.found()));
    found.sort(Comparator.comparing(FoundFile::file));
    return found;
  }

  /** A link that leads nowhere is a file that is gone; one that vanished in between is changing. */
  private static boolean isDangling(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
