package dev.backstop.folder;

import dev.backstop.config.BoundedFile;
import dev.backstop.config.PolicyReader;
import dev.backstop.config.PolicyReading;
import dev.backstop.config.Problem;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one look at a set of policy files gave, without waiting for them to settle.
 *
 * @param readings one for each file, in the order asked for
 * @param warnings sentences about policies that contradict each other
 * @param unread what lies in the folder and is not read
 */
public record PolicyCheck(
    List<PolicyReading> readings, List<String> warnings, List<UnreadEntry> unread) {

  /** Copies the lists. */
  public PolicyCheck {
    readings = List.copyOf(readings);
    warnings = List.copyOf(warnings);
    unread = List.copyOf(unread);
  }

  /** Reads files; never throws for what they are or hold. */
  public static PolicyCheck of(List<Path> files, PolicyReader reader, Instant now) {
    List<PolicyReading> readings = new ArrayList<>();
    for (Path file : files) {
      Path within = file.toAbsolutePath().getParent();
      readings.add(read(FileNames.ofPath(file), file, within == null ? file : within, reader, now));
    }
    return judged(readings, List.of());
  }

  /**
   * Reads the policy folder with its subfolders.
   *
   * @throws IOException where the folder itself can't be listed to the end
   */
  public static PolicyCheck ofFolder(Path folder, PolicyReader reader, Instant now)
      throws IOException {
    FolderListing listing = listing(folder);
    return BoundedCalls.call(
        () -> checked(folder, listing, reader, now), patience(listing.files().size()));
  }

  private static FolderListing listing(Path folder) throws IOException {
    return BoundedCalls.call(
        () -> FolderListing.of(folder, new IdentityReader(folder)), BoundedCalls.LONGEST);
  }

  /** Ten thousand files on a machine that is busy take longer than a dead file system may. */
  static Duration patience(int files) {
    return BoundedCalls.LONGEST.plus(BoundedCalls.LONGEST.dividedBy(1000).multipliedBy(files));
  }

  private static PolicyCheck checked(
      Path folder, FolderListing listing, PolicyReader reader, Instant now) {
    String prefix = FileNames.ofPath(folder) + "/";
    List<PolicyReading> readings = new ArrayList<>();
    listing
        .files()
        .forEach(
            (name, entry) -> readings.add(read(prefix + name, entry.path(), folder, reader, now)));
    listing
        .mistakes()
        .forEach((name, words) -> readings.add(PolicyReading.unreadable(prefix + name, words)));
    readings.sort(Comparator.comparing(PolicyReading::file));
    return judged(readings, unread(listing));
  }

  /** Lists what lies in a policy folder and is not read, however long that takes. */
  static List<UnreadEntry> unread(Path folder) throws IOException {
    return unread(FolderListing.of(folder, new IdentityReader(folder)));
  }

  /** Says why a policy folder can't be listed to its end. */
  public static String words(Path folder, IOException failed) {
    return failed instanceof NoSuchFileException
        ? "there is no folder " + FileNames.ofPath(folder)
        : FileNames.ofPath(folder) + ": " + BoundedFile.words(failed);
  }

  private static List<UnreadEntry> unread(FolderListing listing) {
    return listing.unread().entrySet().stream()
        .map(
            entry ->
                new UnreadEntry(
                    entry.getKey(), entry.getValue().words(), FileIdentity.UNKNOWN, false, false))
        .filter(UnreadEntry::isShown)
        .toList();
  }

  private static PolicyCheck judged(List<PolicyReading> readings, List<UnreadEntry> unread) {
    DuplicateNames duplicates = DuplicateNames.among(readings);
    List<PolicyReading> judged = readings.stream().map(duplicates::refuse).toList();
    List<Policy> policies =
        judged.stream().flatMap(reading -> reading.policies().stream()).toList();
    return new PolicyCheck(judged, Contradictions.among(policies), unread);
  }

  /** Returns every mistake of every file, in order. */
  public List<Problem> problems() {
    return readings.stream().flatMap(reading -> reading.problems().stream()).sorted().toList();
  }

  private static PolicyReading read(
      String shown, Path file, Path within, PolicyReader reader, Instant now) {
    try {
      if (Files.isDirectory(file)) {
        return PolicyReading.unreadable(shown, "it is a folder; name its files");
      }
      boolean isForeign = new IdentityReader(within).leadsOut(file);
      PolicyReading whole = reader.read(shown, BoundedFile.read(file), now);
      return isForeign ? whole.withoutWords() : whole;
    } catch (NoSuchFileException missing) {
      return PolicyReading.unreadable(shown, "there is no such file");
    } catch (OutOfMemoryError exhausted) {
      throw exhausted;
    } catch (Throwable failed) {
      return PolicyReading.unreadable(shown, BoundedFile.words(failed));
    }
  }
}
