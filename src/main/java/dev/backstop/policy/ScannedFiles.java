package dev.backstop.policy;

import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.FolderScan.Reading;
import dev.backstop.policy.FolderScan.UnreadEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of one scan: which of them may speak for a policy, and which are in the way. */
final class ScannedFiles {

  private final PolicyRegistry known;
  private final FolderScan scan;
  private final List<FoundFile> all;
  private final Map<String, FoundFile> byFile = new HashMap<>();
  private final Map<String, FoundFile> goodByName = new LinkedHashMap<>();
  private final Map<String, List<Coverage>> goodCoverage = new HashMap<>();
  private final Map<String, FoundFile> brokenByName = new HashMap<>();
  private final Map<String, FoundFile> changingByName;
  private boolean isAnyUnsettled;
  private final Map<String, Integer> claims = new HashMap<>();
  private final Map<String, UnreadEntry> unread = new HashMap<>();

  ScannedFiles(PolicyRegistry known, FolderScan scan) {
    this.known = known;
    this.scan = scan;
    this.all = scan.files();
    scan.unread().forEach(entry -> unread.put(entry.path(), entry));
    for (FoundFile found : all) {
      byFile.put(found.file(), found);
      if (found.name() != null) {
        claims.merge(found.name(), 1, Integer::sum);
      }
      isAnyUnsettled |= found.reading() == Reading.UNSETTLED;
      if (found.reading() == Reading.GOOD) {
        goodByName.put(String.valueOf(found.name()), found);
      } else if (found.name() != null) {
        brokenByName.put(found.name(), found);
      }
    }
    changingByName = changing();
    goodByName.keySet().removeAll(changingByName.keySet());
    for (FoundFile found : goodByName.values()) {
      for (Policy policy : found.policies()) {
        goodCoverage
            .computeIfAbsent(policy.cluster(), cluster -> new ArrayList<>())
            .add(policy.coverage());
      }
    }
  }

  /**
   * Finds the files that change and may be a policy's own, or were among several that claim its
   * name. Until such a file settles no other one speaks for the policy: it may object then.
   */
  private Map<String, FoundFile> changing() {
    Map<String, FoundFile> changing = new HashMap<>();
    if (isAnyUnsettled()) {
      known.policies().forEach(policy -> addChanging(policy.name(), policy.file(), changing));
      known.strays().forEach(stray -> addChanging(stray.name(), stray.file(), changing));
    }
    return changing;
  }

  private void addChanging(@Nullable String name, String file, Map<String, FoundFile> changing) {
    FoundFile found = byFile.get(file);
    if (name != null && found != null && found.reading() == Reading.UNSETTLED) {
      changing.putIfAbsent(name, found);
    }
  }

  /** Lists the files that speak for their policies. */
  Collection<FoundFile> goodOnes() {
    return goodByName.values();
  }

  /** Lists what the policies of these files cover on a cluster. */
  List<Coverage> goodCoverage(String cluster) {
    return goodCoverage.getOrDefault(cluster, List.of());
  }

  Optional<FoundFile> good(String name) {
    return Optional.ofNullable(goodByName.get(name));
  }

  /**
   * Finds a file that is broken or changing and may be a known policy's. Of several, the one that
   * was good before keeps its version.
   */
  Optional<FoundFile> doubtful(KnownPolicy policy) {
    FoundFile own = byFile.get(policy.file());
    boolean isStillItsOwn =
        own != null
            && own.reading() != Reading.GOOD
            && (own.name() == null || own.name().equals(policy.name()));
    FoundFile found = isStillItsOwn ? own : brokenByName.getOrDefault(policy.name(), own);
    return Optional.ofNullable(found)
        .filter(one -> one.reading() != Reading.GOOD)
        .or(() -> Optional.ofNullable(changingByName.get(policy.name())));
  }

  /** Returns whether a file is there, by the folder that would hold it or the nearest one left. */
  FileEvidence evidence(String file) {
    if (byFile.containsKey(file)) {
      return FileEvidence.present(parent(file));
    }
    String path = file;
    while (true) {
      UnreadEntry inPlace = unread.get(path);
      if (inPlace != null) {
        return FileEvidence.unknown(
            path + " is " + (inPlace.isShown() ? inPlace.words() : "no policy file"));
      }
      FoundFile found = byFile.get(path);
      if (found != null) {
        return FileEvidence.unknown(path + ": " + found.problem());
      }
      path = parent(path);
      if (path.isEmpty() || scan.subfolders().containsKey(path)) {
        return FileEvidence.provenAbsent(path);
      }
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
  }

  /** Returns the identity of a folder as the scan shows it. */
  FolderIdentity folder(String path) {
    return path.isEmpty()
        ? new FolderIdentity(scan.directory().identity())
        : scan.subfolders().getOrDefault(path, FolderIdentity.UNKNOWN);
  }

  /** Finds what a file that is gone has become under a name that is not read. */
  Optional<UnreadEntry> movedTo(FileIdentity gone) {
    return scan.unread().stream().filter(entry -> entry.hasBecome(gone)).findFirst();
  }

  boolean isAnyUnsettled() {
    return isAnyUnsettled;
  }

  /** Finds a broken file of which not even the name can be read. */
  Optional<FoundFile> nameless() {
    return all.stream()
        .filter(found -> found.reading() == Reading.BROKEN && found.name() == null)
        .findFirst();
  }

  /**
   * Lists broken files that no known policy accounts for, and those that were such and change. A
   * policy accounts for its own file while that claims no other name, and none else claims its.
   *
   * @param kept the policies as they are after this scan
   */
  List<StrayFile> strays(List<KnownPolicy> kept) {
    List<StrayFile> strays = new ArrayList<>();
    Map<String, List<KnownPolicy>> brokenByFile =
        kept.stream()
            .filter(policy -> policy.phase() == FileState.Phase.BROKEN)
            .collect(Collectors.groupingBy(KnownPolicy::file));
    for (FoundFile found : all) {
      if (found.reading() == Reading.UNSETTLED) {
        known.strays().stream()
            .filter(stray -> stray.file().equals(found.file()))
            .forEach(strays::add);
      } else if (found.reading() == Reading.BROKEN
          && !isAccountedFor(found, brokenByFile.getOrDefault(found.file(), List.of()))) {
        strays.add(new StrayFile(found.file(), found.name(), found.clusters(), found.problem()));
      }
    }
    for (FoundFile found : goodByName.values()) {
      faulty(found, kept).ifPresent(strays::add);
    }
    known.strays().stream().filter(stray -> isUnknown(stray.file())).forEach(strays::add);
    return strays;
  }

  /** A file that may or may not be there neither mends nor removes a broken one. */
  private boolean isUnknown(String file) {
    return evidence(file).answer() == FileEvidence.Answer.UNKNOWN;
  }

  private boolean isAccountedFor(FoundFile found, List<KnownPolicy> brokenOfFile) {
    return brokenOfFile.stream()
        .filter(policy -> found.name() == null || found.name().equals(policy.name()))
        .anyMatch(policy -> !isClaimedTwice(policy.name()));
  }

  /** Finds the faults of a good file on clusters where its policy has no last good version. */
  private static Optional<StrayFile> faulty(FoundFile found, List<KnownPolicy> kept) {
    if (found.faults().isEmpty()) {
      return Optional.empty();
    }
    TreeMap<String, String> left = new TreeMap<>(found.faults());
    kept.stream()
        .filter(policy -> policy.name().equals(found.name()))
        .forEach(policy -> left.remove(policy.policy().cluster()));
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StrayFile(
                found.file(),
                found.name(),
                List.copyOf(left.keySet()),
                String.join("; ", left.values())));
  }

  private boolean isClaimedTwice(String name) {
    return claims.getOrDefault(name, 0) > 1;
  }
}
