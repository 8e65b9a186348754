package dev.backstop.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes, spoils and deletes policy files and the folder, as editors, mounts and branches do. */
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
  private final FakeFolder cabinet;
  private final Counts tally;
  private final DelayedEffects postponed;
  private final Map<String, FileContent> last = new TreeMap<>();
  private int names;

  PolicyEdits(World world, DelayedEffects postponed) {
    this.world = world;
    this.cabinet = world.cabinet();
    this.tally = world.referee().tally();
    this.postponed = postponed;
  }

  /** Writes a new policy for a cluster. */
  void add(String cluster, Random chance, boolean noticed) {
    FileContent.Draft draft = draft(cluster, chance);
    put(cabinet.fileOf(draft.name()), draft.paper(), noticed);
  }

  private FileContent.Draft draft(String cluster, Random chance) {
    List<String> tenants =
        chance.nextInt(3) > 0 ? List.of() : TENANTS.get(chance.nextInt(TENANTS.size()));
    return new FileContent.Draft(
        "p" + ++names,
        cluster,
        tenants,
        chance.nextInt(3) == 0,
        chance.nextInt(3) == 0,
        chance.nextInt(10) == 0,
        ON_DELETE[chance.nextInt(ON_DELETE.length)],
        SCHEDULES[chance.nextInt(SCHEDULES.length)]);
  }

  private void put(String file, FileContent paper, boolean noticed) {
    if (!cabinet.isThere()) {
      return;
    }
    cabinet.write(file, paper);
    if (paper.draft() != null) {
      last.put(file, paper);
    }
    world.folderChanged(noticed);
    world.note(() -> "wrote " + file + ": " + paper.text().replace("\n", "; "));
  }

  /** Does one thing to the folder or a file in it. */
  void perform(Action deed, String cluster, Random chance, boolean noticed) {
    switch (deed) {
      case ADD_POLICY -> {
        if (cabinet.sheets().size() < 2 + 2 * world.servers().size()) {
          add(cluster, chance, noticed);
        }
      }
      case STRAY_FILE, EMPTY_FILE -> stray(deed, cluster, chance, noticed);
      case MEND, PUT_BACK ->
          pick(List.copyOf(last.keySet()), chance)
              .ifPresent(file -> put(file, paper(file), noticed));
      case MASS_EDIT -> massEdit(chance, noticed);
      case MASS_DELETE, SLOW_MASS_DELETE -> massDelete(deed, chance, noticed);
      case FOLDER_VANISHES -> folder(cabinet.vanish(), FaultKind.FOLDER_GONE, noticed);
      case FOLDER_UNREADABLE -> folder(cabinet.spoil(), FaultKind.FOLDER_UNREADABLE, noticed);
      case FOLDER_RETURNS -> comeBack(noticed);
      case FOLDER_SWAPPED ->
          folder(
              cabinet.swap(chance.nextBoolean() ? "" : sheet(chance).orElse("")),
              FaultKind.FOLDER_REPLACED,
              noticed);
      default -> sheet(chance).ifPresent(file -> onFile(deed, file, cluster, chance, noticed));
    }
  }

  private void onFile(Action deed, String file, String cluster, Random chance, boolean noticed) {
    FileContent.Draft before = last.containsKey(file) ? paper(file).draft() : null;
    if (deed == Action.DELETE) {
      delete(file, noticed);
      return;
    }
    if (before == null) {
      return;
    }
    switch (deed) {
      case EDIT -> put(file, edited(before, chance).paper(), noticed);
      case MOVE_POLICY -> put(file, before.on(cluster).paper(), noticed);
      case HALF_WRITE -> halfWrite(file, chance, noticed, true);
      case LONG_HALF_WRITE -> halfWrite(file, chance, noticed, false);
      case BREAK -> spoil(file, chance, noticed);
      case DUPLICATE_NAME -> duplicate(before, noticed);
      case RENAME_FILE -> rename(file, cabinet.fileOf("r" + ++names), noticed);
      case MOVE_UNREAD -> moveUnread(file, chance, noticed);
      case TAKE_NAME -> take(file, chance, noticed);
      case MOVE_FILE -> {
        int end = file.lastIndexOf('/');
        rename(file, end < 0 ? "team/" + file : file.substring(end + 1), noticed);
        tally.strike(FaultKind.FILE_MOVED);
      }
      case RENAME_POLICY -> put(file, before.named("n" + ++names).paper(), noticed);
      default -> throw new IllegalArgumentException(deed + " is nothing that happens to a file");
    }
  }

  private static <T> Optional<T> pick(List<T> all, Random chance) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(chance.nextInt(all.size())));
  }

  private Optional<String> sheet(Random chance) {
    return pick(List.copyOf(cabinet.sheets().keySet()), chance);
  }

  private FileContent paper(String file) {
    FileContent paper = last.get(file);
    if (paper == null) {
      throw new IllegalArgumentException("nothing good was ever written to " + file);
    }
    return paper;
  }

  private FileContent.Draft edited(FileContent.Draft before, Random chance) {
    FileContent.Draft other = draft(before.cluster(), chance);
    return switch (chance.nextInt(10)) {
      case 0 -> before.of(other.tenants());
      case 1 -> before.observing(!before.observe());
      case 2 -> before.deleting(other.onDelete());
      case 3, 4, 5 -> before.desiring(chance.nextBoolean(), chance.nextBoolean());
      case 6 -> before.desiring(true, true);
      default -> before.desiring(false, false);
    };
  }

  /** A valid prefix stays for less than the settle time; one that is not valid may stay. */
  private void halfWrite(String file, Random chance, boolean noticed, boolean brief) {
    FileContent whole = paper(file);
    String text = whole.text();
    int valid = text.indexOf("secondaryBackup");
    int end = brief ? chance.nextInt(text.length()) : chance.nextInt(valid);
    put(file, whole.cutAt(end), noticed);
    last.put(file, whole);
    tally.strike(FaultKind.HALF_WRITE);
    Duration pause =
        Duration.ofMillis(brief ? 1 + chance.nextInt(480) : 1000 + chance.nextInt(30_000));
    postponed.after(pause, () -> put(file, whole, noticed));
  }

  private void spoil(String file, Random chance, boolean noticed) {
    String text = paper(file).text();
    String[] bad = {"{{{ no policy", "", text + "secondaryBakup: off\n"};
    put(file, FileContent.spoiled(bad[chance.nextInt(bad.length)]), noticed);
    tally.strike(FaultKind.BROKEN_FILE);
    postponed.after(Duration.ofSeconds(20 + chance.nextInt(240)), () -> mend(file, noticed));
  }

  /** Puts back what was last good, unless the file goes by another name now. */
  private void mend(String file, boolean noticed) {
    if (last.containsKey(file)) {
      put(file, paper(file), noticed);
    }
  }

  /** A broken file that never was good stays for some minutes. */
  private void stray(Action deed, String cluster, Random chance, boolean noticed) {
    if (!cabinet.isThere()) {
      return;
    }
    String file = "s" + ++names + ".yaml";
    String[] texts = {
      "{{{ no policy", "name: s" + names + "\ncluster: " + cluster + "\nsecondaryBackup: maybe\n"
    };
    String text = deed == Action.EMPTY_FILE ? "" : texts[chance.nextInt(texts.length)];
    put(file, FileContent.spoiled(text), noticed);
    tally.strike(FaultKind.STRAY_FILE);
    postponed.after(Duration.ofSeconds(30 + chance.nextInt(300)), () -> delete(file, noticed));
  }

  private void duplicate(FileContent.Draft draft, boolean noticed) {
    String file = "d" + ++names + ".yaml";
    put(file, draft.desiring(!draft.dataOn(), draft.logOn()).paper(), noticed);
    last.remove(file);
    tally.strike(FaultKind.DUPLICATE_NAME);
    postponed.after(Duration.ofSeconds(30 + names * 7 % 120), () -> delete(file, noticed));
  }

  private void rename(String file, String other, boolean noticed) {
    cabinet.rename(file, other);
    last.put(other, paper(file));
    last.remove(file);
    world.folderChanged(noticed);
    world.note(() -> "renamed " + file + " to " + other);
  }

  /** A person takes a policy out of use by renaming its file, and some time later may mend that. */
  private void moveUnread(String file, Random chance, boolean noticed) {
    cabinet.moveUnread(file);
    tally.strike(FaultKind.UNREAD_NAME);
    world.folderChanged(noticed);
    world.note(() -> "moved " + file + " to a name that is not read");
    Duration pause = Duration.ofSeconds(5 + chance.nextInt(400));
    postponed.after(pause, () -> mend(file, noticed));
  }

  /** A folder is mounted where the file was missing for a moment. */
  private void take(String file, Random chance, boolean noticed) {
    cabinet.take(file);
    tally.strike(FaultKind.NAME_TAKEN);
    world.folderChanged(noticed);
    world.note(() -> "made a folder of " + file);
    boolean isMended = chance.nextInt(3) > 0;
    postponed.after(
        Duration.ofSeconds(5 + chance.nextInt(300)),
        () -> {
          cabinet.free(file);
          world.folderChanged(noticed);
          world.note(() -> "removed the folder " + file);
          if (isMended) {
            mend(file, noticed);
          }
        });
  }

  private void delete(String file, boolean noticed) {
    cabinet.delete(file);
    world.folderChanged(noticed);
    world.note(() -> "deleted " + file);
  }

  /** Deletes a policy of a cluster that is given up, and puts it back where it was not meant. */
  void retire(String cluster, Random chance) {
    List<String> files = new ArrayList<>(cabinet.sheets().keySet());
    files.removeIf(
        file -> {
          FileContent.@Nullable Draft draft = last.containsKey(file) ? paper(file).draft() : null;
          return draft == null || !draft.cluster().equals(cluster);
        });
    boolean isMeant = chance.nextBoolean();
    Duration pause = Duration.ofSeconds(60 + chance.nextInt(600));
    pick(files, chance)
        .ifPresent(
            file -> {
              delete(file, true);
              if (!isMeant) {
                postponed.after(pause, () -> mend(file, true));
              }
            });
  }

  /** Another branch is checked out: every file says the same at once. */
  private void massEdit(Random chance, boolean noticed) {
    boolean on = chance.nextInt(4) == 0;
    List<String> files = new ArrayList<>(cabinet.sheets().keySet());
    files.removeIf(file -> !last.containsKey(file));
    for (String file : files) {
      FileContent.@Nullable Draft before = paper(file).draft();
      if (before != null) {
        put(file, before.desiring(on, on).paper(), noticed);
      }
    }
    if (files.size() > 1) {
      tally.strike(FaultKind.MASS_EDIT);
    }
  }

  private void massDelete(Action deed, Random chance, boolean noticed) {
    List<String> files = List.copyOf(cabinet.sheets().keySet());
    Duration between =
        deed == Action.MASS_DELETE ? Duration.ZERO : Duration.ofSeconds(1 + chance.nextInt(20));
    for (int i = 0; i < files.size(); i++) {
      String file = files.get(i);
      postponed.after(between.multipliedBy(i), () -> delete(file, noticed));
      Duration pause = Duration.ofSeconds(10 + chance.nextInt(400));
      if (last.containsKey(file)) {
        postponed.after(between.multipliedBy(i).plus(pause), () -> mend(file, noticed));
      }
    }
    if (files.size() > 1) {
      tally.strike(FaultKind.MASS_DELETION);
    }
  }

  private void folder(boolean isDone, FaultKind trouble, boolean noticed) {
    if (isDone) {
      tally.strike(trouble);
      world.folderChanged(noticed);
      world.note(trouble::toString);
      if (trouble != FaultKind.FOLDER_REPLACED) {
        postponed.after(Duration.ofSeconds(90), () -> comeBack(noticed));
      }
    }
  }

  private void comeBack(boolean noticed) {
    cabinet.comeBack();
    world.folderChanged(noticed);
    world.note(() -> "the folder is back");
  }

  /** Brings every cluster's policies back where too few are left to tell a story with. */
  void keepUp(Random chance) {
    if (!cabinet.isThere() || cabinet.sheets().size() >= world.servers().size()) {
      return;
    }
    for (String cluster : world.servers().keySet()) {
      boolean isNamed =
          cabinet.sheets().values().stream()
              .anyMatch(
                  sheet ->
                      sheet.paper().draft() != null
                          && sheet.paper().draft().cluster().equals(cluster));
      if (!isNamed) {
        add(cluster, chance, true);
        return;
      }
    }
  }

  /** Ends every trouble of the folder; where no file says anything, nobody would look any more. */
  void calm() {
    cabinet.comeBack();
    cabinet.freeAll();
    if (cabinet.sheets().values().stream().allMatch(sheet -> sheet.paper().draft() == null)) {
      add(world.servers().keySet().iterator().next(), new Random(1), true);
    }
    world.folderChanged(true);
  }
}
