package dev.backstop.simulation;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.Holds;
import dev.backstop.policy.HeldSet;
import dev.backstop.reconcile.Actor;
import dev.backstop.reconcile.Disarming;
import dev.backstop.reconcile.Event;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.ReleaseException;
import dev.backstop.reconcile.Releases;
import dev.backstop.reconcile.StoreException;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Fault;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.testing.RecordingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Performs the steps of a story in a world, as editors, persons, servers and disks do. */
final class Stage {

  private static final Actor PERSON = new Actor("daemon", "ada", "daemon/ada/1");
  private static final List<String> VIEWS =
      List.of(
          "__all_tenant_backup_info",
          "CDB_OB_BACKUP_BACKUPSET_JOB",
          "CDB_OB_BACKUP_BACKUPPIECE_JOB",
          "CDB_OB_BACKUP_BACKUP_ARCHIVELOG");

  private final World world;
  private final Cabinet cabinet;
  private final Map<String, Paper> last = new TreeMap<>();
  private @Nullable Copy copy;
  private int names;

  private record Copy(
      RecordingStore.Snapshot store,
      Library.Copy library,
      Map<String, @Nullable Instant> disarmed,
      Map<String, Instant> begun) {}

  Stage(World world) {
    this.world = world;
    this.cabinet = world.cabinet();
  }

  /** Writes the first policies and starts the first copies. */
  void begin(Random chance) {
    for (String cluster : world.servers().keySet()) {
      write(draft(cluster, chance), true);
      if (chance.nextInt(3) == 0) {
        write(draft(cluster, chance), true);
      }
      start(Deed.START_SET, cluster, chance);
      start(Deed.START_PIECES, cluster, chance);
      start(Deed.START_ARCHIVE, cluster, chance);
    }
  }

  private Paper.Draft draft(String cluster, Random chance) {
    List<Long> tenants =
        chance.nextInt(3) > 0
            ? List.of()
            : chance.nextBoolean() ? List.of(1001L) : List.of(1001L, 1002L);
    String[] onDelete = {"stop", "stop", "stop", "stop", "hold", "forget"};
    return new Paper.Draft(
        "p" + ++names,
        cluster,
        tenants,
        chance.nextInt(3) == 0,
        chance.nextInt(3) == 0,
        chance.nextInt(8) == 0,
        onDelete[chance.nextInt(onDelete.length)]);
  }

  private void write(Paper.Draft draft, boolean noticed) {
    put(draft.name() + ".yaml", draft.paper(), noticed);
  }

  private void put(String file, Paper paper, boolean noticed) {
    cabinet.write(file, paper);
    if (paper.draft() != null) {
      last.put(file, paper);
    }
    world.folderChanged(noticed);
    world.note("wrote " + file + ": " + paper.text().replace("\n", "; "));
  }

  private static <T> Optional<T> one(java.util.Collection<T> all, Random chance) {
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(List.copyOf(all).get(chance.nextInt(all.size())));
  }

  /** Performs one step. */
  void perform(Step step) {
    world.disturb();
    Random chance = new Random(step.pick());
    boolean noticed = chance.nextInt(4) > 0;
    String cluster = one(world.servers().keySet(), chance).orElseThrow();
    world.note("* " + step.deed());
    switch (step.deed()) {
      case EDIT -> sheet(chance).ifPresent(file -> edit(file, chance, noticed));
      case ADD_POLICY -> write(draft(cluster, chance), noticed);
      case HALF_WRITE -> sheet(chance).ifPresent(file -> halfWrite(file, chance, noticed, true));
      case LONG_HALF_WRITE ->
          sheet(chance).ifPresent(file -> halfWrite(file, chance, noticed, false));
      case BREAK -> sheet(chance).ifPresent(file -> spoil(file, chance, noticed));
      case MEND, PUT_BACK ->
          one(last.keySet(), chance).ifPresent(file -> put(file, paper(file), noticed));
      case DELETE ->
          sheet(chance)
              .ifPresent(
                  file -> {
                    cabinet.delete(file);
                    world.folderChanged(noticed);
                    world.note("deleted " + file);
                  });
      case RENAME_FILE -> sheet(chance).ifPresent(file -> rename(file, noticed));
      case RENAME_POLICY -> sheet(chance).ifPresent(file -> renamePolicy(file, noticed));
      case FOLDER_VANISHES -> {
        cabinet.vanish();
        world.folderChanged(noticed);
      }
      case FOLDER_RETURNS -> {
        cabinet.comeBack();
        world.folderChanged(noticed);
      }
      case FOLDER_SWAPPED -> {
        cabinet.swap(chance.nextBoolean() ? "" : sheet(chance).orElse(""));
        world.folderChanged(noticed);
      }
      case START_SET, START_PIECES, START_ARCHIVE -> start(step.deed(), cluster, chance);
      case RESTART -> world.down(Duration.ofSeconds(chance.nextInt(120)));
      case DOWN_LONG -> world.down(Duration.ofHours(1 + chance.nextInt(30)));
      case CRASH -> world.doors().crashAt(1 + chance.nextInt(40));
      case SERVER_FAULT, SWITCH_ROOTSERVICE, HIDE_VIEW, DENY_TABLE, CLEAR_FAULTS ->
          spoilServer(step.deed(), server(cluster), chance);
      case WRONG_SERVER, MODERN_SERVER, WRONG_TENANT, DEAD_ENDPOINT, RIGHT_SERVER, SLOW_NETWORK ->
          spoilRoute(step.deed(), cluster, chance);
      case DISARM, ARM, APPROVE, FORGET -> command(step.deed(), cluster, chance);
      case CLOCK_FORWARD -> world.time().jump(Duration.ofSeconds(chance.nextInt(7200)));
      case CLOCK_BACK -> world.time().jump(Duration.ofSeconds(-chance.nextInt(300)));
      case STORE_FAILS_ONCE, STORE_FAILS, STORE_MENDED, STORE_COPIED, STORE_RESTORED, STORE_LOST ->
          spoilStore(step.deed(), chance);
    }
  }

  private VirtualCluster server(String cluster) {
    VirtualCluster server = world.servers().get(cluster);
    if (server == null) {
      throw new IllegalArgumentException("no cluster " + cluster);
    }
    return server;
  }

  private Optional<String> sheet(Random chance) {
    return one(cabinet.sheets().keySet(), chance);
  }

  private Paper paper(String file) {
    Paper paper = last.get(file);
    if (paper == null) {
      throw new IllegalArgumentException("nothing good was ever written to " + file);
    }
    return paper;
  }

  private void edit(String file, Random chance, boolean noticed) {
    Paper.Draft before = last.containsKey(file) ? paper(file).draft() : null;
    if (before == null) {
      return;
    }
    Paper.Draft other = draft(before.cluster(), chance);
    int what = chance.nextInt(8);
    put(
        file,
        new Paper.Draft(
                before.name(),
                before.cluster(),
                what == 0 ? other.tenants() : before.tenants(),
                what >= 3 ? what % 2 == 0 : before.dataOn(),
                what >= 4 ? chance.nextBoolean() : before.logOn(),
                what == 1 ? !before.observe() : before.observe(),
                what == 2 ? other.onDelete() : before.onDelete())
            .paper(),
        noticed);
  }

  /** A valid prefix stays for less than the settle time; one that is not valid may stay. */
  private void halfWrite(String file, Random chance, boolean noticed, boolean brief) {
    if (!last.containsKey(file)) {
      return;
    }
    Paper whole = paper(file);
    String text = whole.text();
    int valid = text.indexOf("secondaryBackup");
    int end = brief ? chance.nextInt(text.length()) : chance.nextInt(valid);
    put(file, new Paper(text.substring(0, end), null), noticed);
    Duration pause =
        Duration.ofMillis(brief ? 1 + chance.nextInt(480) : 1000 + chance.nextInt(60_000));
    later(new Step(pause, Deed.MEND, 0), () -> put(file, whole, noticed));
  }

  private final List<Runnable> postponed = new ArrayList<>();
  private final List<Instant> postponedTo = new ArrayList<>();

  private void later(Step step, Runnable deed) {
    postponedTo.add(world.time().now().plus(step.after()));
    postponed.add(deed);
  }

  /** Returns when something postponed is due. */
  Instant nextPostponed() {
    return postponedTo.stream().min(Instant::compareTo).orElse(Instant.MAX);
  }

  void performPostponed() {
    world.disturb();
    int first = postponedTo.indexOf(nextPostponed());
    postponedTo.remove(first);
    postponed.remove(first).run();
  }

  private void spoil(String file, Random chance, boolean noticed) {
    if (!last.containsKey(file)) {
      return;
    }
    String text = paper(file).text();
    put(
        file,
        new Paper(chance.nextBoolean() ? "{{{ no policy" : text + "secondaryBakup: off\n", null),
        noticed);
  }

  private void rename(String file, boolean noticed) {
    String other = "r" + ++names + ".yaml";
    cabinet.rename(file, other);
    Paper paper = last.remove(file);
    if (paper != null) {
      last.put(other, paper);
    }
    world.folderChanged(noticed);
    world.note("renamed " + file + " to " + other);
  }

  private void renamePolicy(String file, boolean noticed) {
    Paper.Draft before = last.containsKey(file) ? paper(file).draft() : null;
    if (before != null) {
      put(
          file,
          new Paper.Draft(
                  "n" + ++names,
                  before.cluster(),
                  before.tenants(),
                  before.dataOn(),
                  before.logOn(),
                  before.observe(),
                  before.onDelete())
              .paper(),
          noticed);
    }
  }

  private void start(Deed deed, String cluster, Random chance) {
    VirtualCluster server = server(cluster);
    server.advance(world.time().now());
    boolean ofTenant = chance.nextInt(3) == 0;
    CopyRequest request =
        ofTenant
            ? CopyRequest.ofTenant(1001 + chance.nextInt(2), "file:///nfs/t" + ++names)
            : CopyRequest.all();
    try {
      switch (deed) {
        case START_SET -> server.startSetJob(request);
        case START_PIECES -> {
          for (int i = chance.nextInt(3); i >= 0; i--) {
            server.startPieceJob(request);
            request = CopyRequest.all();
          }
        }
        default -> server.startArchive();
      }
      world.note(deed + " on " + cluster + " " + request);
    } catch (IllegalStateException refused) {
      world.note(deed + " on " + cluster + " refused: " + refused.getMessage());
    }
  }

  private void spoilServer(Deed deed, VirtualCluster server, Random chance) {
    Instant now = world.time().now();
    server.advance(now);
    switch (deed) {
      case SERVER_FAULT -> {
        Fault fault = one(List.of(Fault.values()), chance).orElseThrow();
        if (fault.duration() == Fault.Duration.ONCE) {
          server.faults().arm(fault);
        } else {
          server.faults().arm(fault, now, now.plusSeconds(10 + chance.nextInt(600)));
        }
        world.note(fault + " at " + server.settings());
      }
      case SWITCH_ROOTSERVICE ->
          server
              .faults()
              .switchRootService(
                  now,
                  Duration.ofSeconds(chance.nextInt(60)),
                  Duration.ofSeconds(chance.nextInt(600)));
      case HIDE_VIEW -> server.faults().hideView(VIEWS.get(chance.nextInt(VIEWS.size())));
      case DENY_TABLE -> server.faults().denyTable(VIEWS.get(chance.nextInt(VIEWS.size())));
      default -> server.faults().clearAll();
    }
  }

  private void spoilRoute(Deed deed, String cluster, Random chance) {
    InProcessCluster.Route route = world.route(cluster);
    switch (deed) {
      case WRONG_SERVER -> route.leadTo(world.foreign());
      case MODERN_SERVER -> route.leadTo(world.modern());
      case WRONG_TENANT -> route.enter(new TenantId(1001));
      case DEAD_ENDPOINT ->
          route.refuse(
              chance.nextBoolean() ? BlindSpot.Cause.UNREACHABLE : BlindSpot.Cause.LOGIN_REFUSED);
      case SLOW_NETWORK -> route.delay(Duration.ofMillis(chance.nextInt(1500)));
      default -> heal(route, server(cluster));
    }
  }

  private static void heal(InProcessCluster.Route route, VirtualCluster server) {
    route.leadTo(server);
    route.enter(TenantId.SYS);
    route.refuse(null);
    route.delay(Duration.ofMillis(2));
  }

  private void command(Deed deed, String cluster, Random chance) {
    try {
      switch (deed) {
        case DISARM -> disarm(chance.nextInt(3) == 0 ? "*" : cluster, chance);
        case ARM -> arm(chance.nextInt(3) == 0 ? "*" : cluster);
        case APPROVE -> one(held(), chance).ifPresent(this::approve);
        default -> one(held(), chance).ifPresent(this::forget);
      }
    } catch (StoreException failed) {
      world.note(deed + " failed: " + failed.getMessage());
    }
  }

  private HistoryEntry entry(String cluster, Event event) {
    return HistoryEntry.of(
        world.time().wall(), PERSON, cluster.equals("*") ? "" : cluster, "", event, "a reason");
  }

  private void disarm(String cluster, Random chance) {
    Instant until =
        chance.nextBoolean() ? null : world.time().wall().plusSeconds(chance.nextInt(1800));
    try {
      world
          .store()
          .disarm(
              new Disarming(cluster, "ada", "a reason", world.time().wall(), until),
              entry(cluster, Event.DISARMED));
    } finally {
      if (world.store().hasHappened()) {
        world.referee().disarmed().put(cluster, until);
        world.note("disarmed " + cluster + " until " + until);
      }
    }
  }

  private void arm(String cluster) {
    try {
      world.store().arm(cluster, entry(cluster, Event.ARMED));
    } finally {
      if (world.store().hasHappened()) {
        world
            .referee()
            .disarmed()
            .keySet()
            .removeIf(one -> cluster.equals("*") || one.equals(cluster));
        world.note("armed " + cluster);
      }
    }
  }

  private List<HeldSet> held() {
    return Holds.of(world.store().book().policies(), world.store().memories());
  }

  private void approve(HeldSet set) {
    world.note("approve " + set);
    release(set, releases -> releases.approve(set.id(), "a reason", world.time().wall()));
  }

  private void forget(HeldSet set) {
    world.note("forget " + set);
    release(set, releases -> releases.forget(set.id(), "a reason", world.time().wall()));
  }

  private void release(HeldSet set, Consumer<Releases> how) {
    long before = world.store().bookWrites();
    try {
      how.accept(new Releases(PERSON, world.store()));
    } catch (ReleaseException refused) {
      world.note("refused: " + refused.getMessage());
    } finally {
      // The write may have been done even where the person was told that it failed.
      if (world.store().bookWrites() > before) {
        world.referee().library().release(set.policies());
        world.referee().library().saved(world.store().lastBook(), world.time().wall());
      }
    }
  }

  private void spoilStore(Deed deed, Random chance) {
    RecordingStore store = world.store();
    switch (deed) {
      case STORE_FAILS_ONCE ->
          store.failOn(
              1 + chance.nextInt(30),
              chance.nextBoolean() ? RecordingStore.Fault.BEFORE : RecordingStore.Fault.AFTER);
      case STORE_FAILS -> store.failAlways("the disk is full");
      case STORE_MENDED -> store.mend();
      case STORE_COPIED ->
          copy =
              new Copy(
                  store.snapshot(),
                  world.referee().library().copy(),
                  new HashMap<>(world.referee().disarmed()),
                  new HashMap<>(world.referee().begun()));
      case STORE_RESTORED -> {
        if (copy != null) {
          replaceStore(copy);
        }
      }
      default ->
          replaceStore(
              new Copy(
                  new RecordingStore().snapshot(),
                  new Library.Copy(Map.of(), null, cabinet.identity()),
                  Map.of(),
                  Map.of()));
    }
  }

  private void replaceStore(Copy other) {
    world.down(Duration.ofSeconds(5));
    later(
        new Step(Duration.ofSeconds(4), Deed.STORE_RESTORED, 0),
        () -> {
          world.note("the store is another one");
          world.store().restore(other.store());
          world.referee().library().restore(other.library());
          world.referee().disarmed().clear();
          world.referee().disarmed().putAll(other.disarmed());
          world.store().mend();
          world.referee().storeChanged(world.store().reports(), other.begun());
        });
  }

  /** Ends every trouble, so that from now on everything can come to its end. */
  void calm() {
    while (!postponed.isEmpty()) {
      performPostponed();
    }
    cabinet.comeBack();
    world.store().mend();
    world.doors().crashAt(0);
    world
        .servers()
        .forEach(
            (name, server) -> {
              server.faults().clearAll();
              heal(world.route(name), server);
            });
    world.startNow();
    world.folderChanged(true);
    world.note("calm");
  }

  /** Lets the referee judge the end. */
  void judge() {
    world.servers().values().forEach(server -> server.advance(world.time().now()));
    world.referee().judgeEnd(world.store().reports());
  }
}
