package dev.backstop.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable result of one look at a cluster, with what could not be read.
 *
 * @param at when the look began
 * @param endpoint the server that answered, {@code host:port}; empty where none did
 * @param identity null where unreadable
 * @param version null where unreadable
 * @param flag whether {@code enable_auto_backup_archivelog} is 1; null where unreadable
 * @param checkpointInterval how often the continuous copy advances; null where not set
 * @param sets rows of the backup-set job view
 * @param pieces rows of the piece job view
 * @param archive rows of the continuous archive's view, all tenants
 * @param tenantIds ids by name of the tenants that were queried; unknown names are absent
 * @param serverTime what the server's clock showed; null where unreadable
 * @param archiveDestination where the continuous archive writes to, without credentials; null where
 *     unreadable or cut
 * @param blindSpots what could not be read; the lists above are empty for those areas
 */
public record Observation(
    Instant at,
    String endpoint,
    @Nullable Identity identity,
    @Nullable ServerVersion version,
    @Nullable Boolean flag,
    @Nullable Duration checkpointInterval,
    List<Job> sets,
    List<Job> pieces,
    List<ArchiveRow> archive,
    Map<String, TenantId> tenantIds,
    @Nullable Instant serverTime,
    @Nullable String archiveDestination,
    List<BlindSpot> blindSpots) {

  /** Copies its collections. */
  public Observation {
    sets = List.copyOf(sets);
    pieces = List.copyOf(pieces);
    archive = List.copyOf(archive);
    tenantIds = Map.copyOf(tenantIds);
    blindSpots = List.copyOf(blindSpots);
  }

  /** Returns an observation of which nothing could be read. */
  public static Observation blind(
      Instant at, String endpoint, BlindSpot.Cause cause, String words) {
    return new Observation(
        at,
        endpoint,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        null,
        null,
        List.of(new BlindSpot(BlindSpot.Area.EVERYTHING, cause, words)));
  }

  /**
   * Returns why an area could not be read; empty where it was. An observation that is blind to
   * everything counts, and one without identity, version or flag.
   */
  public Optional<BlindSpot> blindTo(BlindSpot.Area area) {
    for (BlindSpot spot : blindSpots) {
      if (spot.area() == area || spot.area() == BlindSpot.Area.EVERYTHING) {
        return Optional.of(spot);
      }
    }
    if (!lacks(area)) {
      return Optional.empty();
    }
    String words = "the answer does not say: " + area.name().toLowerCase(Locale.ROOT);
    return Optional.of(new BlindSpot(area, BlindSpot.Cause.MALFORMED, words));
  }

  private boolean lacks(BlindSpot.Area area) {
    return switch (area) {
      case IDENTITY -> identity == null;
      case VERSION -> version == null;
      case FLAG -> flag == null;
      case EVERYTHING, SETS, PIECES, ARCHIVE, TENANT_NAMES -> false;
    };
  }

  /**
   * Returns whether another look showed the same; when either began and what the server's clock
   * showed does not matter.
   */
  public boolean showsSameAs(Observation other) {
    return endpoint.equals(other.endpoint)
        && Objects.equals(identity, other.identity)
        && Objects.equals(version, other.version)
        && Objects.equals(flag, other.flag)
        && Objects.equals(checkpointInterval, other.checkpointInterval)
        && sets.equals(other.sets)
        && pieces.equals(other.pieces)
        && archive.equals(other.archive)
        && tenantIds.equals(other.tenantIds)
        && Objects.equals(archiveDestination, other.archiveDestination)
        && blindSpots.equals(other.blindSpots);
  }

  /** Returns whether the cluster answered. */
  public boolean isAnswered() {
    return blindTo(BlindSpot.Area.EVERYTHING).isEmpty();
  }

  /**
   * Returns whether all was read that exists and that the user may read: a missing view or
   * privilege is lasting, and an immediate retry would not help.
   */
  public boolean isComplete() {
    return blindSpots.stream()
        .allMatch(
            spot ->
                spot.area() != BlindSpot.Area.EVERYTHING
                    && (spot.cause() == BlindSpot.Cause.MISSING
                        || spot.cause() == BlindSpot.Cause.NO_PRIVILEGE));
  }

  /** Returns why a kind is unknown; empty where its views and, for log, the flag were read. */
  public Optional<BlindSpot> blindTo(Kind kind) {
    return switch (kind) {
      case DATA -> blindTo(BlindSpot.Area.SETS);
      case LOG ->
          blindTo(BlindSpot.Area.PIECES)
              .or(() -> blindTo(BlindSpot.Area.ARCHIVE))
              .or(() -> blindTo(BlindSpot.Area.FLAG));
    };
  }

  /** Returns the row that the continuous archive wrote for tenant 1, if any. */
  public Optional<ArchiveRow> archiveOfCluster() {
    for (ArchiveRow row : archive) {
      if (row.tenant().coversCluster() && row.backupPieceId() == 0) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns whether the continuous archive runs: by the flag, or by the row of tenant 1
   * (docs/oceanbase.md#proof-of-a-stop).
   */
  public boolean isArchiveRunning() {
    return Boolean.TRUE.equals(flag)
        || archiveOfCluster().filter(ArchiveRow::isCopying).isPresent();
  }

  /** Returns other tenants' rows that show copying although the archive does not run. */
  public List<ArchiveRow> rowsLeftBehind() {
    if (archive.isEmpty() || isArchiveRunning()) {
      return List.of();
    }
    List<ArchiveRow> left = new ArrayList<>();
    for (ArchiveRow row : archive) {
      if (row.isCopying()) {
        left.add(row);
      }
    }
    return List.copyOf(left);
  }

  /** Returns the running jobs of a kind: every row of its job views, and the archive as one job. */
  public List<Job> jobs(Kind kind) {
    if (kind == Kind.DATA) {
      return sets;
    }
    List<Job> jobs = new ArrayList<>(pieces);
    if (isArchiveRunning()) {
      jobs.add(archiveJob());
    }
    return List.copyOf(jobs);
  }

  /** Returns the running jobs of both kinds. */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>(jobs(Kind.DATA));
    jobs.addAll(jobs(Kind.LOG));
    return List.copyOf(jobs);
  }

  /** Returns the continuous archive as a job, whether it runs or not. */
  public Job archiveJob() {
    String status = archiveOfCluster().map(ArchiveRow::status).orElse("ENABLED");
    String destination = archiveDestination == null ? "" : archiveDestination;
    return new Job(JobObject.ARCHIVELOG, 0, TenantId.SYS, "", status, destination);
  }

  /** Returns whether a job's rows name one destination, whole and without contradiction. */
  public boolean hasOneDestination(Job job) {
    return !job.destination().isBlank()
        && !job.destinationCut()
        && jobs(job.kind()).stream()
            .filter(other -> other.object() == job.object() && other.jobId() == job.jobId())
            .filter(other -> other.tenant().equals(job.tenant()))
            .allMatch(other -> other.destination().equals(job.destination()));
  }
}
