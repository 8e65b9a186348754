package dev.backstop.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds all that one look at a cluster showed, and what it could not show.
 *
 * @param at when the look began
 * @param endpoint who answered, {@code host:port}; empty where nobody did
 * @param identity null where unreadable
 * @param version null where unreadable
 * @param flag whether {@code enable_auto_backup_archivelog} is 1; null where unreadable
 * @param checkpointInterval how often the continuous copy advances; null where not set
 * @param sets rows of the backup-set job view
 * @param pieces rows of the piece job view
 * @param archive rows of the continuous archive's view, all tenants
 * @param tenantIds tenant ids by the names that the look asked for; unknown names are absent
 * @param blindSpots what could not be read; the lists above say nothing about those areas
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
    List<BlindSpot> blindSpots) {

  /** Copies its collections. */
  public Observation {
    sets = List.copyOf(sets);
    pieces = List.copyOf(pieces);
    archive = List.copyOf(archive);
    tenantIds = Map.copyOf(tenantIds);
    blindSpots = List.copyOf(blindSpots);
  }

  /** Returns a look that showed nothing at all. */
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
        List.of(new BlindSpot(BlindSpot.Area.EVERYTHING, cause, words)));
  }

  /**
   * Returns why an area could not be read, if so; a look that is blind to everything counts, and so
   * does one that is silent about identity, version or flag.
   */
  public Optional<BlindSpot> blindTo(BlindSpot.Area area) {
    for (BlindSpot spot : blindSpots) {
      if (spot.area() == area || spot.area() == BlindSpot.Area.EVERYTHING) {
        return Optional.of(spot);
      }
    }
    if (!isSilentAbout(area)) {
      return Optional.empty();
    }
    String words = "the answer does not say: " + area.name().toLowerCase(Locale.ROOT);
    return Optional.of(new BlindSpot(area, BlindSpot.Cause.MALFORMED, words));
  }

  private boolean isSilentAbout(BlindSpot.Area area) {
    return switch (area) {
      case IDENTITY -> identity == null;
      case VERSION -> version == null;
      case FLAG -> flag == null;
      case EVERYTHING, SETS, PIECES, ARCHIVE, TENANT_NAMES -> false;
    };
  }

  /** Tells whether somebody answered at all. */
  public boolean isAnswered() {
    return blindTo(BlindSpot.Area.EVERYTHING).isEmpty();
  }

  /**
   * Returns whether all was read that the server has and lets the user read: a missing view or
   * privilege is a finding like any other, and looking again at once would not help.
   */
  public boolean isComplete() {
    return blindSpots.stream()
        .allMatch(
            spot ->
                spot.area() != BlindSpot.Area.EVERYTHING
                    && (spot.cause() == BlindSpot.Cause.MISSING
                        || spot.cause() == BlindSpot.Cause.NO_PRIVILEGE));
  }

  /** Returns why a kind can't be judged, if so: a view or, for log, the flag is missing. */
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
   * Tells whether the continuous archive runs: the flag is 1, or tenant 1's row does not rest
   * (docs/oceanbase.md#proof-of-a-stop).
   */
  public boolean isArchiveRunning() {
    return Boolean.TRUE.equals(flag)
        || archiveOfCluster().filter(ArchiveRow::isCopying).isPresent();
  }

  /** Lists other tenants' rows that say copying although the archive does not run. */
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

  /** Lists what runs of a kind: every row of its job views, and the archive as one job. */
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

  /** Lists what runs of both kinds. */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>(jobs(Kind.DATA));
    jobs.addAll(jobs(Kind.LOG));
    return List.copyOf(jobs);
  }

  /** Returns the continuous archive as a job, whether it runs or not. */
  public Job archiveJob() {
    String status = archiveOfCluster().map(ArchiveRow::status).orElse("ENABLED");
    return new Job(JobObject.ARCHIVELOG, 0, TenantId.SYS, "", status, "");
  }
}
