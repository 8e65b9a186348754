package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays one OceanBase cluster on virtual time (docs/oceanbase.md).
 *
 * <p>Besides the interface there is a typed view for tests that need no SQL, and methods that
 * start, end and disturb things at chosen instants.
 */
public final class VirtualCluster implements SimulatedCluster {

  private final ClusterSettings settings;
  private final Machines machines;
  private final CopyStarts starts;
  private final StatementDesk desk;
  private final ViewCatalogue catalogue;
  private final List<Activity> activities = new ArrayList<>();
  private final Optional<ComebackActor> comeback;
  private final List<Received> received = new ArrayList<>();
  private Instant now;

  /** Builds a cluster that copies nothing yet. */
  public VirtualCluster(ClusterSettings settings, Instant start) {
    this.settings = settings;
    now = start;
    machines = Machines.of(settings, start);
    starts = new CopyStarts(machines);
    desk = new StatementDesk(machines, starts);
    catalogue = new ViewCatalogue(machines, start);
    comeback = settings.comeback().map(each -> new ComebackActor(each, machines, starts));
    activities.addAll(
        List.of(machines.primary(), machines.archive(), machines.pieces(), machines.sets()));
    comeback.ifPresent(activities::add);
  }

  @Override
  public void advance(Instant until) {
    Activity first = Activity.first(activities);
    while (!first.next().isAfter(until)) {
      Instant due = first.next();
      now = due.isAfter(now) ? due : now;
      first.run(due);
      observe();
      first = Activity.first(activities);
    }
    now = until.isAfter(now) ? until : now;
  }

  @Override
  public Reply alterSystem(String statement, String tenant, Instant at) {
    advance(at);
    Reply reply = desk.take(statement, tenant, now);
    received.add(new Received(now, statement, tenant, reply));
    observe();
    return reply;
  }

  @Override
  public Reply refusal(String statement, String tenant) {
    return desk.refusal(statement, tenant);
  }

  @Override
  public Reply beforeQuery(List<String> tables, String tenant, Instant at) {
    advance(at);
    return machines.faults().ofQuery(now).orElseGet(() -> catalogue.look(tables, tenant));
  }

  @Override
  public boolean answersWithoutRows() {
    return machines.faults().isArmed(Fault.EMPTY_ANSWERS, now);
  }

  @Override
  public Optional<Duration> dropsIdleAfter() {
    return settings.dropsIdleAfter();
  }

  @Override
  public List<Table> tables(String tenant) {
    return catalogue.tables(tenant, now);
  }

  @Override
  public Map<String, String> parameters() {
    return machines.parameters().all();
  }

  @Override
  public Map<Long, String> tenants() {
    return Collections.unmodifiableMap(machines.tenants());
  }

  @Override
  public ServerVersion version() {
    return settings.edition().version();
  }

  /** Returns the rows of CDB_OB_BACKUP_BACKUPSET_JOB. */
  public List<SetJobRow> setJobs() {
    return machines.sets().jobs().stream().map(job -> job.row(hidesDestination())).toList();
  }

  private boolean hidesDestination() {
    return machines.faults().isArmed(Fault.NULL_DESTINATION, now);
  }

  /** Returns the rows of CDB_OB_BACKUP_BACKUPSET_JOB_HISTORY. */
  public List<SetJobRow> setJobHistory() {
    return machines.sets().history().stream().map(job -> job.row(false)).toList();
  }

  /** Returns the rows of CDB_OB_BACKUP_BACKUPPIECE_JOB, the lowest job id first. */
  public List<PieceJobRow> pieceJobs() {
    return machines.pieces().jobs().stream().map(job -> job.row(hidesDestination())).toList();
  }

  /** Returns the rows of CDB_OB_BACKUP_BACKUPPIECE_JOB_HISTORY. */
  public List<PieceJobRow> pieceJobHistory() {
    return machines.pieces().history().stream().map(job -> job.row(false)).toList();
  }

  /** Returns the rows of CDB_OB_BACKUP_BACKUP_ARCHIVELOG by tenant. */
  public List<ArchiveRow> archiveRows() {
    return machines.archive().rows(now);
  }

  /** Returns the value of {@code enable_auto_backup_archivelog}, empty while no row has it. */
  public String flag() {
    return machines.archive().flag();
  }

  /** Tells whether the primary log archive runs, which no secondary stop may end. */
  public boolean primaryArchives() {
    return machines.primary().isArchiving();
  }

  /** Tells whether the primary data backup runs, which no secondary stop may end. */
  public boolean primaryDataBackupRuns() {
    return machines.primary().dataBackupRuns();
  }

  /** Returns every ALTER SYSTEM statement that reached the cluster, in order. */
  public List<Received> received() {
    return Collections.unmodifiableList(received);
  }

  /** Returns the faults, to be armed and cleared at any instant. */
  public Faults faults() {
    return machines.faults();
  }

  /** Returns the settings that the cluster started with. */
  public ClusterSettings settings() {
    return settings;
  }

  /** Tells the instant that the cluster has reached. */
  public Instant now() {
    return now;
  }

  /**
   * Starts a set job as BACKUP BACKUPSET does and returns its id.
   *
   * @throws IllegalStateException with the server's words when it is refused
   */
  public long startSetJob(CopyRequest request) {
    return started(starts.startSets(request, now));
  }

  /**
   * Starts a piece job as BACKUP BACKUPPIECE does and returns its id.
   *
   * @throws IllegalStateException with the server's words when it is refused
   */
  public long startPieceJob(CopyRequest request) {
    return started(starts.startPieces(request, now));
  }

  /**
   * Starts the continuous archive as START BACKUP ARCHIVELOG does.
   *
   * @throws IllegalStateException with the server's words when it is refused, as where pieces lie
   */
  public void startArchive() {
    Reply refusal = new ArchiveStatements(machines).refuseNow();
    if (refusal != null) {
      throw new IllegalStateException(refusal.error() + " " + refusal.message());
    }
    machines.archive().start(now);
    observe();
  }

  /** Lets the primary round end, and with it the rows of the continuous archive. */
  public void endRound() {
    machines.primary().stopArchive(now);
    machines.archive().endRound(now);
  }

  /** Drops a tenant: its archive row becomes STOP, its set job ends with -5685. */
  public void dropTenant(long tenantId) {
    machines.tenants().remove(tenantId);
    machines.primary().dropTenant(tenantId);
    machines.archive().dropTenant(tenantId, now);
    machines.sets().dropTenant(tenantId, now);
  }

  /** Ends the copy of a piece job with an error, such as -9027 or -4600, and its text. */
  public void failPieceJob(long jobId, long result, String comment) {
    machines.pieces().failCopy(jobId, result, comment, now);
  }

  /** Makes the second location reachable again; the next pass after the idle time finds it. */
  public void storageReturns() {
    machines.faults().clear(Fault.STORAGE_UNREACHABLE);
  }

  /** Brings the dead observer back; the next pass after the idle time finds it. */
  public void observerReturns() {
    machines.faults().clear(Fault.OBSERVER_DEAD);
  }

  private long started(Reply reply) {
    if (!reply.isOk()) {
      throw new IllegalStateException(reply.error() + " " + reply.message());
    }
    observe();
    return starts.lastJobId();
  }

  private void observe() {
    comeback.ifPresent(actor -> actor.observe(now));
  }
}
