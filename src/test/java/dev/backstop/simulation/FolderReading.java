package dev.backstop.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Is what one scan reads of the folder: the files that have settled, and who claims which name. */
final class FolderReading {

  private final Map<String, FakeFolder.WrittenFile> present;
  private final Map<String, FakeFolder.WrittenFile> settled;
  private final Map<String, ExpectedPolicy> recorded;

  /** The names that broken files claimed before, or several files at once, by file. */
  private final Map<String, String> snapshot;

  private final Predicate<String> isTaken;
  private final Map<String, Integer> uses = new HashMap<>();
  private boolean isNameless;

  FolderReading(
      Map<String, FakeFolder.WrittenFile> present,
      Map<String, FakeFolder.WrittenFile> settled,
      Map<String, ExpectedPolicy> recorded,
      Map<String, String> snapshot,
      Predicate<String> isTaken) {
    this.present = present;
    this.settled = settled;
    this.recorded = recorded;
    this.snapshot = snapshot;
    this.isTaken = isTaken;
    for (FakeFolder.WrittenFile written : settled.values()) {
      String name = nameOf(written.content());
      if (!name.isEmpty()) {
        uses.merge(name, 1, Integer::sum);
      }
      isNameless |= name.isEmpty();
    }
  }

  /** Returns the name that a file claims, good or broken; empty where none can be read. */
  static String nameOf(FileContent content) {
    FileContent.PolicySpec spec = content.spec();
    if (spec != null) {
      return spec.name();
    }
    String text = content.text();
    if (!text.startsWith("name: ")) {
      return "";
    }
    // Of a name that is cut off nobody knows the rest.
    int end = text.indexOf('\n');
    return end < 0 ? "" : text.substring("name: ".length(), end).strip();
  }

  /** Returns whether some file's name can't be read. */
  boolean isNameless() {
    return isNameless;
  }

  /** Returns whether all that lies in the folder has settled. */
  boolean isAtRest() {
    return settled.size() == present.size();
  }

  /** Returns whether just one file claims a name. */
  boolean isClaimedOnce(String name) {
    return uses.getOrDefault(name, 0) == 1;
  }

  /** Lists the drafts that speak for their names, by file. */
  Map<String, FileContent.PolicySpec> speakers() {
    Map<String, FileContent.PolicySpec> speakers = new TreeMap<>();
    settled.forEach(
        (file, written) -> {
          FileContent.PolicySpec spec = written.content().spec();
          if (spec != null && isClaimedOnce(spec.name()) && !isChanging(spec.name())) {
            speakers.put(file, spec);
          }
        });
    return speakers;
  }

  /**
   * A policy's own file that has not settled lets no other one speak for it, and of several that
   * claimed a name none speaks while another one is written anew.
   */
  private boolean isChanging(String name) {
    return present.keySet().stream()
        .filter(file -> !settled.containsKey(file))
        .anyMatch(
            file ->
                name.equals(snapshot.get(file))
                    || recorded.values().stream()
                        .filter(policy -> policy.spec().name().equals(name))
                        .anyMatch(policy -> policy.file().equals(file)));
  }

  /** Returns whether some file may still speak for a policy for which none does. */
  boolean isInDoubt(ExpectedPolicy policy) {
    String name = policy.spec().name();
    return isInItsOwn(policy)
        || uses.getOrDefault(name, 0) > 1
        || brokenOf(name) != null
        || isChanging(name);
  }

  /** A broken file of its name is its own where the one that it was seen in is gone. */
  String fileInDoubt(ExpectedPolicy policy) {
    String broken = brokenOf(policy.spec().name());
    return isInItsOwn(policy) || broken == null ? policy.file() : broken;
  }

  private @Nullable String brokenOf(String name) {
    for (Map.Entry<String, FakeFolder.WrittenFile> entry : settled.entrySet()) {
      FileContent content = entry.getValue().content();
      if (content.spec() == null && nameOf(content).equals(name)) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** A file that holds another policy now, and is good, speaks no more of the one before. */
  private boolean isInItsOwn(ExpectedPolicy policy) {
    FakeFolder.WrittenFile written = settled.get(policy.file());
    return present.containsKey(policy.file())
        && (written == null
            || isBad(written.content())
            || nameOf(written.content()).equals(policy.spec().name()));
  }

  /** Returns whether a file is broken, or not the only one of its name. */
  private boolean isBad(FileContent content) {
    return content.spec() == null || uses.getOrDefault(nameOf(content), 0) > 1;
  }

  /**
   * Returns the names that bad files claim, by file. One that changes claims what it did, and so
   * does one in whose place a folder is: that is unreadable, not absent, and a bad file stands in
   * the way until it is mended or removed (seed 1031022).
   */
  Map<String, String> claimed() {
    Map<String, String> claimed = new HashMap<>(snapshot);
    claimed.keySet().removeIf(file -> !isTaken.test(file));
    for (String file : present.keySet()) {
      FakeFolder.WrittenFile written = settled.get(file);
      String name = written == null ? snapshot.get(file) : nameOf(written.content());
      if (name != null && !name.isEmpty() && (written == null || isBad(written.content()))) {
        claimed.put(file, name);
      }
    }
    return claimed;
  }

  /** Lists the bad files that are not just a policy in doubt, by the name that they claim. */
  List<FileContent> strays(Collection<ExpectedPolicy> known) {
    List<FileContent> strays = new ArrayList<>();
    settled.forEach(
        (file, written) -> {
          boolean isOwn =
              known.stream()
                  .filter(policy -> policy.doubtSince() != null && policy.file().equals(file))
                  .anyMatch(policy -> isOnly(policy.spec().name(), nameOf(written.content())));
          if (isBad(written.content()) && !isOwn) {
            strays.add(written.content());
          }
        });
    return strays;
  }

  private boolean isOnly(String policy, String claimed) {
    return (claimed.isEmpty() || claimed.equals(policy)) && uses.getOrDefault(policy, 0) <= 1;
  }
}
