package dev.backstop.testing;

import dev.backstop.observation.ArchiveRow;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Observation;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds looks; one that nothing is said of shows an idle 3.2.3 cluster with the name {@code c1}
 * and the id 1, the flag 0 and no row anywhere.
 */
public final class Looks {

  private @Nullable Identity identity = new Identity("c1", 1, TenantId.SYS);
  private @Nullable ServerVersion version = new ServerVersion(List.of(3, 2, 3));
  private @Nullable Boolean flag = false;
  private @Nullable Duration checkpointInterval;
  private final List<Job> sets = new ArrayList<>();
  private final List<Job> pieces = new ArrayList<>();
  private final List<ArchiveRow> archive = new ArrayList<>();
  private final Map<String, TenantId> names = new HashMap<>();
  private final List<BlindSpot> blindSpots = new ArrayList<>();
  private boolean isClockKnown = true;
  private Duration clockOff = Duration.ZERO;
  private @Nullable String archiveDestination;

  private Looks() {}

  /** Begins a look. */
  public static Looks look() {
    return new Looks();
  }

  /** Adds a cluster-level backup-set job. */
  public Looks set(long id, String status) {
    return set(id, 1, status);
  }

  /** Adds a tenant's backup-set job. */
  public Looks set(long id, long tenant, String status) {
    sets.add(new Job(JobObject.BACKUPSET, id, new TenantId(tenant), "", status, ""));
    return this;
  }

  /** Adds a cluster-level backup-set job with a destination. */
  public Looks setTo(String destination, long id, String status) {
    sets.add(new Job(JobObject.BACKUPSET, id, TenantId.SYS, "", status, destination));
    return this;
  }

  /** Lets the server's clock be so much ahead of the daemon's. */
  public Looks clockAhead(Duration off) {
    clockOff = off;
    return this;
  }

  /** Leaves the server's clock out. */
  public Looks withoutClock() {
    isClockKnown = false;
    return this;
  }

  /** Sets where the continuous archive writes to. */
  public Looks archiveTo(String destination) {
    archiveDestination = destination;
    return this;
  }

  /** Adds a cluster-level piece job. */
  public Looks piece(long id, String status) {
    return piece(id, 1, status);
  }

  /** Adds a tenant's piece job. */
  public Looks piece(long id, long tenant, String status) {
    pieces.add(new Job(JobObject.BACKUPPIECE, id, new TenantId(tenant), "", status, ""));
    return this;
  }

  /** Adds the row that the continuous archive wrote for tenant 1. */
  public Looks archive(String status) {
    return archive(1, status, 0);
  }

  /** Adds a row of the archive's view. */
  public Looks archive(long tenant, String status, long backupPieceId) {
    archive.add(new ArchiveRow(new TenantId(tenant), status, backupPieceId));
    return this;
  }

  /** Sets the flag {@code enable_auto_backup_archivelog}. */
  public Looks flag(boolean enabled) {
    flag = enabled;
    return this;
  }

  /** Sets how often the continuous copy advances. */
  public Looks checkpoint(Duration interval) {
    checkpointInterval = interval;
    return this;
  }

  /** Lets a tenant's name resolve. */
  public Looks name(String tenant, long id) {
    names.put(tenant, new TenantId(id));
    return this;
  }

  /** Sets who answers. */
  public Looks answeredBy(String name, long id) {
    identity = new Identity(name, id, TenantId.SYS);
    return this;
  }

  /** Puts the session into a tenant. */
  public Looks inTenant(long tenant) {
    identity = new Identity("c1", 1, new TenantId(tenant));
    return this;
  }

  /** Sets the server's version. */
  public Looks version(Integer... parts) {
    version = new ServerVersion(Arrays.asList(parts));
    return this;
  }

  /** Blinds the look to an area, for want of the view. */
  public Looks blindTo(BlindSpot.Area area) {
    return blindTo(area, BlindSpot.Cause.MISSING);
  }

  /** Blinds the look to an area. */
  public Looks blindTo(BlindSpot.Area area, BlindSpot.Cause cause) {
    blindSpots.add(new BlindSpot(area, cause, area + " can't be read"));
    return without(area);
  }

  /** Leaves a value out without saying that it could not be read. */
  public Looks without(BlindSpot.Area area) {
    switch (area) {
      case IDENTITY -> identity = null;
      case VERSION -> version = null;
      case FLAG -> flag = null;
      case EVERYTHING -> {
        identity = null;
        version = null;
        flag = null;
      }
      case SETS, PIECES, ARCHIVE, TENANT_NAMES -> {}
    }
    return this;
  }

  /** Returns the look. */
  public Observation at(Instant instant) {
    return new Observation(
        instant,
        "10.0.0.1:2881",
        identity,
        version,
        flag,
        checkpointInterval,
        sets,
        pieces,
        archive,
        names,
        isClockKnown ? instant.plus(clockOff) : null,
        archiveDestination,
        blindSpots);
  }
}
