package dev.backstop.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Is what one scan reads of the folder: the files that have settled, and who claims which name. */
final class FolderReading {

  private final Map<String, FakeFolder.Sheet> present;
  private final Map<String, FakeFolder.Sheet> settled;
  private final Map<String, ExpectedPolicy> memos;

  /** The names that broken files claimed before, or several files at once, by file. */
  private final Map<String, String> snapshot;

  private final Map<String, Integer> uses = new HashMap<>();
  private boolean isNameless;

  FolderReading(
      Map<String, FakeFolder.Sheet> present,
      Map<String, FakeFolder.Sheet> settled,
      Map<String, ExpectedPolicy> memos,
      Map<String, String> snapshot) {
    this.present = present;
    this.settled = settled;
    this.memos = memos;
    this.snapshot = snapshot;
    for (FakeFolder.Sheet sheet : settled.values()) {
      String name = nameOf(sheet.paper());
      if (!name.isEmpty()) {
        uses.merge(name, 1, Integer::sum);
      }
      isNameless |= name.isEmpty();
    }
  }

  /** Returns the name that a file claims, good or broken; empty where none can be read. */
  private static String nameOf(FileContent paper) {
    FileContent.Draft draft = paper.draft();
    if (draft != null) {
      return draft.name();
    }
    String text = paper.text();
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
  Map<String, FileContent.Draft> speakers() {
    Map<String, FileContent.Draft> speakers = new TreeMap<>();
    settled.forEach(
        (file, sheet) -> {
          FileContent.Draft draft = sheet.paper().draft();
          if (draft != null && isClaimedOnce(draft.name()) && !isChanging(draft.name())) {
            speakers.put(file, draft);
          }
        });
    return speakers;
  }

  /**
   * A policy's own file that has not settled lets no other one speak for it, and of several that
   * claimed a name none speaks while another one is written anew.
   */
  private boolean isChanging(String name) {
    ExpectedPolicy memo = memos.get(name);
    return present.keySet().stream()
        .filter(file -> !settled.containsKey(file))
        .anyMatch(
            file -> name.equals(snapshot.get(file)) || (memo != null && memo.file().equals(file)));
  }

  /** Returns whether some file may still speak for a policy for which none does. */
  boolean isInDoubt(ExpectedPolicy memo) {
    String name = memo.draft().name();
    return isInItsOwn(memo)
        || uses.getOrDefault(name, 0) > 1
        || brokenOf(name) != null
        || isChanging(name);
  }

  /** A broken file of its name is its own where the one that it was seen in is gone. */
  String fileInDoubt(ExpectedPolicy memo) {
    String broken = brokenOf(memo.draft().name());
    return isInItsOwn(memo) || broken == null ? memo.file() : broken;
  }

  private @Nullable String brokenOf(String name) {
    for (Map.Entry<String, FakeFolder.Sheet> entry : settled.entrySet()) {
      FileContent paper = entry.getValue().paper();
      if (paper.draft() == null && nameOf(paper).equals(name)) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** A file that holds another policy now, and is good, speaks no more of the one before. */
  private boolean isInItsOwn(ExpectedPolicy memo) {
    FakeFolder.Sheet sheet = settled.get(memo.file());
    return present.containsKey(memo.file())
        && (sheet == null
            || isBad(sheet.paper())
            || nameOf(sheet.paper()).equals(memo.draft().name()));
  }

  /** Returns whether a file is broken, or not the only one of its name. */
  private boolean isBad(FileContent paper) {
    return paper.draft() == null || uses.getOrDefault(nameOf(paper), 0) > 1;
  }

  /** Returns the names that bad files claim, by file; one that changes claims what it did. */
  Map<String, String> claimed() {
    Map<String, String> claimed = new HashMap<>();
    for (String file : present.keySet()) {
      FakeFolder.Sheet sheet = settled.get(file);
      String name = sheet == null ? snapshot.get(file) : nameOf(sheet.paper());
      if (name != null && !name.isEmpty() && (sheet == null || isBad(sheet.paper()))) {
        claimed.put(file, name);
      }
    }
    return claimed;
  }

  /** Lists the bad files that are not just a policy in doubt, by the name that they claim. */
  List<FileContent> strays(Collection<ExpectedPolicy> known) {
    List<FileContent> strays = new ArrayList<>();
    settled.forEach(
        (file, sheet) -> {
          boolean isOwn =
              known.stream()
                  .filter(memo -> memo.doubtSince() != null && memo.file().equals(file))
                  .anyMatch(memo -> isOnly(memo.draft().name(), nameOf(sheet.paper())));
          if (isBad(sheet.paper()) && !isOwn) {
            strays.add(sheet.paper());
          }
        });
    return strays;
  }

  private boolean isOnly(String policy, String claimed) {
    return (claimed.isEmpty() || claimed.equals(policy)) && uses.getOrDefault(policy, 0) <= 1;
  }
}
