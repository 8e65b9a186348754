package dev.backstop.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes, breaks and deletes policy files and the folder, as editors, mounts and branches do. */
final class PolicyEdits {

  private static final List<List<String>> TENANTS =
      List.of(
          List.of("1001"),
          List.of("1001", "1002"),
          List.of("pay"),
          List.of("pay", "orders"),
          List.of("1001", FileContent.GHOST));
  private static final String[] ON_DELETE = {"stop", "stop", "stop", "stop", "hold", "forget"};
  private static final String[] SCHEDULES = {
    "", "", "", "", "every: 45s", "every: 3m", "schedule: \"20/40 * * * * ?\""
  };

  private final World world;
  private final FakeFolder folder;
  private final Counts counts;
  private final DelayedEffects delayed;
  private final Map<String, FileContent> last = new TreeMap<>();
  private int names;

  PolicyEdits(World world, DelayedEffects delayed) {
    this.world = world;
    this.folder = world.folder();
    this.counts = world.referee().counts();
    this.delayed = delayed;
  }

  /** Writes a new policy for a cluster. */
  void add(String cluster, Random chance, boolean noticed) {
    FileContent.PolicySpec spec = spec(cluster, chance);
    put(folder.fileOf(spec.name()), spec.content(), noticed);
  }

  private FileContent.PolicySpec spec(String cluster, Random chance) {
    long pick =
        world.shape().limits() == LimitScope.ALL
            ? chance.nextLong()
            : (names + 1) * 31L + world.shape().clusters().size();
    List<String> tenants =
        chance.nextInt(3) > 0 ? List.of() : TENANTS.get(chance.nextInt(TENANTS.size()));
    return new FileContent.PolicySpec(
        "p" + ++names,
        clusters(cluster, new Random(pick + 1)),
        tenants,
        isOn(chance),
        isOn(chance),
        chance.nextInt(10) == 0,
        ON_DELETE[chance.nextInt(ON_DELETE.length)],
        SCHEDULES[chance.nextInt(SCHEDULES.length)],
        DailyLimits.any(world.shape().limits(), new Random(pick), world.time().wall()));
  }

  /** Only what is on has limits. */
  private boolean isOn(Random chance) {
    return (chance.nextInt(3) == 0) != (world.shape().limits() == LimitScope.ALL);
  }

  /** Returns the cluster, and in some stories now and then others beside it. */
  private List<String> clusters(String cluster, Random chance) {
    List<String> clusters = new ArrayList<>(List.of(cluster));
    if (world.shape().limits() == LimitScope.ALL && chance.nextInt(3) == 0) {
      world.servers().keySet().stream().filter(one -> chance.nextBoolean()).forEach(clusters::add);
    }
    return clusters;
  }

  private void put(String file, FileContent content, boolean noticed) {
    if (!folder.isThere()) {
      return;
    }
    folder.write(file, content);
    if (content.spec() != null) {
      last.put(file, content);
    }
    world.folderChanged(noticed);
    world.note(() -> "wrote " + file + ": " + content.text().replace("\n", "; "));
  }

  /** Does one thing to the folder or a file in it. */
  void perform(Action action, String cluster, Random chance, boolean noticed) {
    switch (action) {
      case ADD_POLICY -> {
        if (folder.writtenFiles().size() < 2 + 2 * world.servers().size()) {
          add(cluster, chance, noticed);
        }
      }
      case STRAY_FILE, EMPTY_FILE -> stray(action, cluster, chance, noticed);
      case MEND, PUT_BACK ->
          pick(List.copyOf(last.keySet()), chance)
              .ifPresent(file -> put(file, content(file), noticed));
      case MASS_EDIT -> massEdit(chance, noticed);
      case MASS_DELETE, SLOW_MASS_DELETE -> massDelete(action, chance, noticed);
      case FOLDER_VANISHES -> folder(folder.vanish(), FaultKind.FOLDER_GONE, noticed);
      case FOLDER_UNREADABLE ->
          folder(folder.makeUnreadable(), FaultKind.FOLDER_UNREADABLE, noticed);
      case FOLDER_RETURNS -> comeBack(noticed);
      case FOLDER_SWAPPED ->
          folder(
              folder.swap(chance.nextBoolean() ? "" : anyFile(chance).orElse("")),
              FaultKind.FOLDER_REPLACED,
              noticed);
      default -> anyFile(chance).ifPresent(file -> onFile(action, file, cluster, chance, noticed));
    }
  }

  private void onFile(Action action, String file, String cluster, Random chance, boolean noticed) {
    FileContent.PolicySpec before = last.containsKey(file) ? content(file).spec() : null;
    if (action == Action.DELETE) {
      delete(file, noticed);
      return;
    }
    if (before == null) {
      return;
    }
    switch (action) {
      case EDIT -> put(file, edited(before, chance).content(), noticed);
      case LIST_CLUSTERS -> {
        List<String> others = new ArrayList<>(List.of(cluster));
        world.servers().keySet().stream().filter(one -> chance.nextBoolean()).forEach(others::add);
        put(file, before.on(others).content(), noticed);
      }
      case EDIT_LIMITS -> {
        DailyLimits other = spec(before.cluster(), chance).limits();
        put(file, before.within(other).content(), noticed);
      }
      case MOVE_POLICY -> put(file, before.on(cluster).content(), noticed);
      case HALF_WRITE -> halfWrite(file, chance, noticed, true);
      case LONG_HALF_WRITE -> halfWrite(file, chance, noticed, false);
      case BREAK -> breakFile(file, chance, noticed);
      case DUPLICATE_NAME -> duplicate(before, noticed);
      case RENAME_FILE -> rename(file, folder.fileOf("r" + ++names), noticed);
      case MOVE_UNREAD -> moveUnread(file, chance, noticed);
      case TAKE_NAME -> take(file, chance, noticed);
      case MOVE_FILE -> {
        int end = file.lastIndexOf('/');
        rename(file, end < 0 ? "team/" + file : file.substring(end + 1), noticed);
        counts.strike(FaultKind.FILE_MOVED);
      }
      case RENAME_POLICY -> put(file, before.named("n" + ++names).content(), noticed);
      default -> throw new IllegalArgumentException(action + " is nothing that happens to a file");
    }
  }

  private static <T> Optional<T> pick(List<T> all, Random chance) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(chance.nextInt(all.size())));
  }

  private Optional<String> anyFile(Random chance) {
    return pick(List.copyOf(folder.writtenFiles().keySet()), chance);
  }

  private FileContent content(String file) {
    FileContent content = last.get(file);
    if (content == null) {
      throw new IllegalArgumentException("nothing good was ever written to " + file);
    }
    return content;
  }

  private FileContent.PolicySpec edited(FileContent.PolicySpec before, Random chance) {
    FileContent.PolicySpec other = spec(before.cluster(), chance);
    return switch (chance.nextInt(10)) {
      case 0 ->
          before.limits().equals(DailyLimits.NONE)
              ? before.of(other.tenants())
              : before.within(other.limits());
      case 1 -> before.observing(!before.observe());
      case 2 -> before.deleting(other.onDelete());
      case 3, 4, 5 -> before.desiring(chance.nextBoolean(), chance.nextBoolean());
      case 6 -> before.desiring(true, true);
      default -> before.desiring(false, false);
    };
  }

  /** A valid prefix stays for less than the settle time; one that is not valid may stay. */
  private void halfWrite(String file, Random chance, boolean noticed, boolean brief) {
    FileContent whole = content(file);
    String text = whole.text();
    int valid = text.indexOf("secondaryBackup");
    int end = brief ? chance.nextInt(text.length()) : chance.nextInt(valid);
    put(file, whole.cutAt(end), noticed);
    last.put(file, whole);
    counts.strike(FaultKind.HALF_WRITE);
    Duration pause =
        Duration.ofMillis(brief ? 1 + chance.nextInt(480) : 1000 + chance.nextInt(30_000));
    delayed.after(pause, () -> put(file, whole, noticed));
  }

  private void breakFile(String file, Random chance, boolean noticed) {
    String text = content(file).text();
    String[] bad = {"{{{ no policy", "", text + "secondaryBakup: off\n"};
    put(file, FileContent.spoiled(bad[chance.nextInt(bad.length)]), noticed);
    counts.strike(FaultKind.BROKEN_FILE);
    delayed.after(Duration.ofSeconds(20 + chance.nextInt(240)), () -> mend(file, noticed));
  }

  /** Puts back what was last good, unless the file goes by another name now. */
  private void mend(String file, boolean noticed) {
    if (last.containsKey(file)) {
      put(file, content(file), noticed);
    }
  }

  /** A broken file that never was good stays for some minutes. */
  private void stray(Action action, String cluster, Random chance, boolean noticed) {
    if (!folder.isThere()) {
      return;
    }
    String file = "s" + ++names + ".yaml";
    String[] texts = {
      "{{{ no policy", "name: s" + names + "\ncluster: " + cluster + "\nsecondaryBackup: maybe\n"
    };
    String text = action == Action.EMPTY_FILE ? "" : texts[chance.nextInt(texts.length)];
    put(file, FileContent.spoiled(text), noticed);
    counts.strike(FaultKind.STRAY_FILE);
    delayed.after(Duration.ofSeconds(30 + chance.nextInt(300)), () -> delete(file, noticed));
  }

  private void duplicate(FileContent.PolicySpec spec, boolean noticed) {
    String file = "d" + ++names + ".yaml";
    put(file, spec.desiring(!spec.dataOn(), spec.logOn()).content(), noticed);
    last.remove(file);
    counts.strike(FaultKind.DUPLICATE_NAME);
    delayed.after(Duration.ofSeconds(30 + names * 7 % 120), () -> delete(file, noticed));
  }

  private void rename(String file, String other, boolean noticed) {
    folder.rename(file, other);
    last.put(other, content(file));
    last.remove(file);
    world.folderChanged(noticed);
    world.note(() -> "renamed " + file + " to " + other);
  }

  /** A person takes a policy out of use by renaming its file, and some time later may mend that. */
  private void moveUnread(String file, Random chance, boolean noticed) {
    folder.moveUnread(file);
    counts.strike(FaultKind.UNREAD_NAME);
    world.folderChanged(noticed);
    world.note(() -> "moved " + file + " to a name that is not read");
    Duration pause = Duration.ofSeconds(5 + chance.nextInt(400));
    delayed.after(pause, () -> mend(file, noticed));
  }

  /** A folder is mounted where the file was missing for a moment. */
  private void take(String file, Random chance, boolean noticed) {
    folder.take(file);
    counts.strike(FaultKind.NAME_TAKEN);
    world.folderChanged(noticed);
    world.note(() -> "made a folder of " + file);
    boolean isMended = chance.nextInt(3) > 0;
    delayed.after(
        Duration.ofSeconds(5 + chance.nextInt(300)),
        () -> {
          folder.free(file);
          world.folderChanged(noticed);
          world.note(() -> "removed the folder " + file);
          if (isMended) {
            mend(file, noticed);
          }
        });
  }

  private void delete(String file, boolean noticed) {
    folder.delete(file);
    world.folderChanged(noticed);
    world.note(() -> "deleted " + file);
  }

  /** Deletes a policy of a cluster that is given up, and puts it back where it was not meant. */
  void retire(String cluster, Random chance) {
    List<String> files = new ArrayList<>(folder.writtenFiles().keySet());
    files.removeIf(
        file -> {
          FileContent.@Nullable PolicySpec spec =
              last.containsKey(file) ? content(file).spec() : null;
          return spec == null || !spec.clusters().contains(cluster);
        });
    boolean isMeant = chance.nextBoolean();
    Duration pause = Duration.ofSeconds(60 + chance.nextInt(600));
    pick(files, chance)
        .ifPresent(
            file -> {
              delete(file, true);
              if (!isMeant) {
                delayed.after(pause, () -> mend(file, true));
              }
            });
  }

  /** Another branch is checked out: every file says the same at once. */
  private void massEdit(Random chance, boolean noticed) {
    boolean on = chance.nextInt(4) == 0;
    List<String> files = new ArrayList<>(folder.writtenFiles().keySet());
    files.removeIf(file -> !last.containsKey(file));
    for (String file : files) {
      FileContent.@Nullable PolicySpec before = content(file).spec();
      if (before != null) {
        put(file, before.desiring(on, on).content(), noticed);
      }
    }
    if (files.size() > 1) {
      counts.strike(FaultKind.MASS_EDIT);
    }
  }

  private void massDelete(Action action, Random chance, boolean noticed) {
    List<String> files = List.copyOf(folder.writtenFiles().keySet());
    Duration between =
        action == Action.MASS_DELETE ? Duration.ZERO : Duration.ofSeconds(1 + chance.nextInt(20));
    for (int i = 0; i < files.size(); i++) {
      String file = files.get(i);
      delayed.after(between.multipliedBy(i), () -> delete(file, noticed));
      Duration pause = Duration.ofSeconds(10 + chance.nextInt(400));
      if (last.containsKey(file)) {
        delayed.after(between.multipliedBy(i).plus(pause), () -> mend(file, noticed));
      }
    }
    if (files.size() > 1) {
      counts.strike(FaultKind.MASS_DELETION);
    }
  }

  private void folder(boolean isDone, FaultKind trouble, boolean noticed) {
    if (isDone) {
      counts.strike(trouble);
      world.folderChanged(noticed);
      world.note(trouble::toString);
      if (trouble != FaultKind.FOLDER_REPLACED) {
        delayed.after(Duration.ofSeconds(90), () -> comeBack(noticed));
      }
    }
  }

  private void comeBack(boolean noticed) {
    folder.comeBack();
    world.folderChanged(noticed);
    world.note(() -> "the folder is back");
  }

  /** Brings every cluster's policies back where too few are left to tell a story with. */
  void keepUp(Random chance) {
    if (!folder.isThere() || folder.writtenFiles().size() >= world.servers().size()) {
      return;
    }
    for (String cluster : world.servers().keySet()) {
      boolean isNamed =
          folder.writtenFiles().values().stream()
              .anyMatch(
                  written ->
                      written.content().spec() != null
                          && written.content().spec().clusters().contains(cluster));
      if (!isNamed) {
        add(cluster, chance, true);
        return;
      }
    }
  }

  /** Ends every trouble of the folder; where no file says anything, nobody would look any more. */
  void calm() {
    folder.comeBack();
    folder.freeAll();
    if (folder.writtenFiles().values().stream()
        .allMatch(written -> written.content().spec() == null)) {
      add(world.servers().keySet().iterator().next(), new Random(1), true);
    }
    world.folderChanged(true);
  }
}
