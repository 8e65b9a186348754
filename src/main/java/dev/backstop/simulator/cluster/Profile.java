package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Lists the ready-made clusters that the simulator offers by name. */
public enum Profile {
  /** The ordinary case. */
  DEFAULT("default", "Enterprise 3.2, a set job and two piece jobs running", Scenes::setAndPieces),
  /** The continuous archive. */
  ARCHIVE(
      "archive",
      "the continuous archive running, START BACKUP ARCHIVELOG was given",
      ClusterSettings.Builder::rounds,
      VirtualCluster::startArchive),
  /** Set jobs only. */
  SETS("sets", "one set job running", Scenes::set),
  /** A queue. */
  PIECES("pieces", "three piece jobs queued, one running; each CANCEL reaches one", Scenes::queue),
  /** A server without the first-job-only fault. */
  FIXED(
      "fixed",
      "three piece jobs on a server whose CANCEL reaches all of them",
      settings -> settings.firstJobOnly(false),
      Scenes::queue),
  /** Jobs of single tenants. */
  TENANT_LEVEL(
      "tenant-level",
      "a set job of tenant pay and piece jobs of tenants pay and orders",
      Scenes::tenantJobs),
  /** Nothing runs. */
  IDLE("idle", "nothing runs, nothing ever ran", cluster -> {}),
  /** A CANCEL wakes nobody. */
  LOST_WAKEUP(
      "lost-wakeup",
      "the first CANCEL is recorded but acted on only after the idle time or a repetition",
      settings -> settings.fault(Fault.LOST_WAKE_UP),
      Scenes::pieces),
  /** A CANCEL is lost. */
  LOST_UPDATE(
      "lost-update",
      "the first CANCEL is overwritten by the scheduler",
      settings -> settings.fault(Fault.LOST_UPDATE),
      Scenes::pieces),
  /** A piece job hangs. */
  HUNG_FINISH(
      "hung-finish",
      "the second location can't be reached: a cancelled piece job stays in FINISH",
      settings -> settings.fault(Fault.STORAGE_UNREACHABLE),
      Scenes::pieces),
  /** A set job hangs. */
  HUNG_SET(
      "hung-set",
      "an observer is dead: a cancelled set job stays in CANCEL",
      settings -> settings.fault(Fault.OBSERVER_DEAD),
      Scenes::set),
  /** A stopped archive shows DOING again. */
  RESURRECTED(
      "resurrected",
      "after the first STOP the system tenant's row shows DOING again",
      settings -> settings.rounds().fault(Fault.RESURRECTED),
      VirtualCluster::startArchive),
  /** No second location. */
  NO_DESTINATION(
      "no-destination",
      "backup_backup_dest is empty: STOP is refused, nothing runs",
      settings -> settings.rounds().backupBackupDest("", ""),
      cluster -> {}),
  /** Somebody starts again what was stopped. */
  OCP(
      "ocp",
      "what was stopped is started again a minute later, three times",
      settings -> settings.comeback(Comeback.ofAll(Duration.ofMinutes(1), 3)),
      Scenes::setAndPieces),
  /** RootService moves. */
  ROOTSERVICE_SWITCH(
      "rootservice-switch",
      "RootService changes: statements refused for 30 s, then nobody acts on them for 2 min",
      Scenes::switching),
  /** Time is over for a statement that took effect. */
  TIMEOUT_APPLIED(
      "timeout-applied",
      "the first statement answers 4012 and took effect",
      settings -> settings.fault(Fault.TIMEOUT_APPLIED),
      Scenes::setAndPieces),
  /** Time is over for a statement that had no effect. */
  TIMEOUT_NOT_APPLIED(
      "timeout-not-applied",
      "the first statement answers 4012 and had no effect",
      settings -> settings.fault(Fault.TIMEOUT_NOT_APPLIED),
      Scenes::setAndPieces),
  /** A lost connection, and no effect. */
  CUT_BEFORE(
      "cut-before",
      "the connection is cut before the first statement takes effect",
      settings -> settings.fault(Fault.CUT_BEFORE),
      Scenes::setAndPieces),
  /** A lost answer. */
  CUT_AFTER(
      "cut-after",
      "the connection is cut after the first statement took effect",
      settings -> settings.fault(Fault.CUT_AFTER),
      Scenes::setAndPieces),
  /** Parameters are not the same everywhere yet. */
  CONFIG_NOT_SYNC(
      "config-not-sync",
      "STOP, START and FORCE answer 4527 in the first minute",
      ClusterSettings.Builder::rounds,
      Scenes::unsynced),
  /** A view is missing. */
  MISSING_VIEW(
      "missing-view",
      "CDB_OB_BACKUP_BACKUPPIECE_JOB is absent: 1146",
      settings -> settings.missingView("CDB_OB_BACKUP_BACKUPPIECE_JOB"),
      Scenes::setAndPieces),
  /** A user with few privileges. */
  RESTRICTED_USER(
      "restricted-user",
      "the user reads views but neither the flag nor parameters, and may not ALTER SYSTEM",
      settings ->
          settings
              .fault(Fault.NO_PRIVILEGE)
              .deniedTable("__all_tenant_backup_info")
              .deniedTable("__all_virtual_sys_parameter_stat"),
      Scenes::setAndPieces),
  /** Empty answers that prove nothing. */
  EMPTY_ANSWERS(
      "empty-answers",
      "every query answers with no row at all, though jobs run",
      settings -> settings.fault(Fault.EMPTY_ANSWERS),
      Scenes::setAndPieces),
  /** A server that accepts and never answers. */
  HUNG_QUERY(
      "hung-query",
      "queries never answer",
      settings -> settings.fault(Fault.HUNG_QUERY),
      Scenes::setAndPieces),
  /** The oldest version with set jobs. */
  V2_2_76(
      "2.2.76",
      "Enterprise 2.2.76: a set job, no piece views",
      settings -> settings.edition(Edition.EE_2_2_76),
      Scenes::set),
  /** The oldest version with piece jobs. */
  V2_2_77(
      "2.2.77",
      "Enterprise 2.2.77: a set job and two piece jobs",
      settings -> settings.edition(Edition.EE_2_2_77),
      Scenes::setAndPieces),
  /** Community 3.1. */
  CE_3_1(
      "ce-3.1",
      "Community 3.1.5: starts and STOP answer 1235, CANCEL does nothing",
      settings -> settings.edition(Edition.CE_3_1_5),
      cluster -> {}),
  /** Community 4.x. */
  V4(
      "4.x",
      "Community 4.2: the views are gone, the statements answer 1235",
      settings -> settings.edition(Edition.CE_4_2),
      cluster -> {}),
  /** Texts that hold secrets. */
  SECRETS(
      "secrets",
      "access keys in BACKUP_DEST, in parameters and in COMMENT; long and non-ASCII paths",
      Scenes::hideKeys,
      Scenes::secretJobs),
  /** Slow schedulers. */
  SLOW(
      "slow",
      "each pass of a scheduler takes 45 s, so a cancel takes minutes",
      settings -> settings.timing(Timing.standard().withStep(Duration.ofSeconds(45))),
      Scenes::setAndPieces);

  private final String label;
  private final String description;

  // Both fields hold references to methods without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final UnaryOperator<ClusterSettings.Builder> settings;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Consumer<VirtualCluster> scene;

  Profile(String label, String description, Consumer<VirtualCluster> scene) {
    this(label, description, UnaryOperator.identity(), scene);
  }

  Profile(
      String label,
      String description,
      UnaryOperator<ClusterSettings.Builder> settings,
      Consumer<VirtualCluster> scene) {
    this.label = label;
    this.description = description;
    this.settings = settings;
    this.scene = scene;
  }

  /** Finds a profile by the name that {@code simulate --profile} takes. */
  public static Optional<Profile> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }

  /** Returns the name that {@code simulate --profile} takes. */
  public String label() {
    return label;
  }

  /** Says in one line what runs and what goes wrong. */
  public String description() {
    return description;
  }

  /** Makes the cluster, named {@code demo} with id 1, as it is at that instant. */
  public VirtualCluster start(Instant now) {
    return start(now, "demo", 1);
  }

  /** Makes the cluster with that name and id; its jobs have been running for ten minutes. */
  public VirtualCluster start(Instant now, String name, long id) {
    ClusterSettings.Builder builder = ClusterSettings.builder().identity(name, id);
    Instant before = now.minus(Duration.ofMinutes(10));
    VirtualCluster cluster = new VirtualCluster(settings.apply(builder).build(), before);
    scene.accept(cluster);
    cluster.advance(now);
    return cluster;
  }
}
