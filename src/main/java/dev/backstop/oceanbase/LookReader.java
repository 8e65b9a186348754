package dev.backstop.oceanbase;

import dev.backstop.observation.ArchiveRow;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Observation;
import dev.backstop.observation.ServerText;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a look into an observation; a row that makes no sense makes its area a blind
 * spot, never an empty one.
 */
final class LookReader {

  private static final ServerText NO_TEXT = new ServerText("", false);
  private static final String STATUS_LIMIT =
      "a status of at most " + ServerText.LONGEST + " characters";

  /** The year 9999. */
  private static final long LATEST = 253_370_764_800L;

  private final List<LookRow> rows;
  private final Set<String> tenantNames;
  private final List<BlindSpot> blindSpots;

  /**
   * Creates a reader of rows that hold the constant row.
   *
   * @param tenantNames the names whose ids were queried
   * @param blindSpots what could not be queried
   */
  LookReader(List<LookRow> rows, Set<String> tenantNames, List<BlindSpot> blindSpots) {
    this.rows = rows;
    this.tenantNames = tenantNames;
    this.blindSpots = new ArrayList<>(blindSpots);
  }

  /** Returns the observation. */
  Observation read(Instant at, String endpoint, SessionIdentity session) {
    Map<Long, String> names = names();
    Identity identity = identity(session);
    ServerVersion version = version(session);
    Boolean flag = flag();
    List<Job> sets = jobs(QueryPart.SETS, JobObject.BACKUPSET, names);
    List<Job> pieces = jobs(QueryPart.PIECES, JobObject.BACKUPPIECE, names);
    List<ArchiveRow> archive = archive();
    return new Observation(
        at,
        endpoint,
        identity,
        version,
        flag,
        interval(session),
        sets,
        pieces,
        archive,
        ids(names),
        serverTime(session),
        archiveDestination(session),
        blindSpots);
  }

  private static @Nullable Instant serverTime(SessionIdentity session) {
    Long clock = session.clock();
    // What lies outside of these is no clock of a server, and could not be compared.
    return clock == null || clock <= 0 || clock > LATEST ? null : Instant.ofEpochSecond(clock);
  }

  private static @Nullable String archiveDestination(SessionIdentity session) {
    ServerText destination = session.destination();
    return destination == null || destination.wasCut() ? null : destination.shown();
  }

  private @Nullable Identity identity(SessionIdentity identity) {
    Long tenant = identity.tenantId();
    String name = identity.name();
    String id = identity.id();
    if (tenant != null && name != null && id != null) {
      try {
        return new Identity(name, Long.parseLong(id.strip()), new TenantId(tenant));
      } catch (NumberFormatException e) {
        addBlindSpot(Area.IDENTITY, "parameter cluster_id is not a number: " + id);
        return null;
      }
    }
    if (isUnexplained(Area.IDENTITY)) {
      blindSpots.add(
          new BlindSpot(
              Area.IDENTITY, Cause.MISSING, "the server did not show " + missing(identity)));
    }
    return null;
  }

  static String missing(SessionIdentity identity) {
    List<String> missing = new ArrayList<>();
    if (identity.tenantId() == null) {
      missing.add("that the session is in tenant sys");
    }
    if (identity.name() == null) {
      missing.add("parameter cluster" + cutNote(identity.nameText()));
    }
    if (identity.id() == null) {
      missing.add("parameter cluster_id" + cutNote(identity.idText()));
    }
    return String.join(", ", missing) + "; log in as root@sys or with the same rights";
  }

  private static String cutNote(@Nullable ServerText text) {
    return text != null && text.wasCut()
        ? " whole, which has more than " + ServerText.LONGEST + " characters"
        : "";
  }

  private @Nullable ServerVersion version(SessionIdentity identity) {
    ServerVersion version = identity.version();
    if (version == null && isUnexplained(Area.VERSION)) {
      blindSpots.add(
          new BlindSpot(
              Area.VERSION,
              Cause.MALFORMED,
              "neither version_comment nor ob_version() names a version: is this OceanBase?"));
    }
    return version;
  }

  private static @Nullable Duration interval(SessionIdentity identity) {
    ServerText option = identity.copyOption();
    return option == null || option.wasCut()
        ? null
        : CopyOption.checkpointInterval(option.shown()).orElse(null);
  }

  private @Nullable Boolean flag() {
    if (!isUnexplained(Area.FLAG)) {
      return null;
    }
    boolean enabled = false;
    for (LookRow row : of(QueryPart.FLAG)) {
      ServerText text = row.t1();
      String value = text == null ? "" : text.shown().strip();
      if ((text != null && text.wasCut()) || !Set.of("", "0", "1").contains(value)) {
        addBlindSpot(Area.FLAG, "enable_auto_backup_archivelog has an unknown value");
        return null;
      }
      enabled |= value.equals("1");
    }
    return enabled;
  }

  private List<Job> jobs(QueryPart part, JobObject object, Map<Long, String> names) {
    List<Job> jobs = new ArrayList<>();
    for (LookRow row : limited(part)) {
      Long id = row.n1();
      Long tenant = row.n2();
      String status = whole(row.t1());
      if (id == null || tenant == null || status == null) {
        addBlindSpot(
            part.area(), part.source() + " showed a row without id, tenant or " + STATUS_LIMIT);
        return List.of();
      }
      TenantId owner = new TenantId(tenant);
      String name = owner.coversCluster() ? "" : names.getOrDefault(tenant, "");
      ServerText destination = Objects.requireNonNullElse(row.t2(), NO_TEXT);
      jobs.add(new Job(object, id, owner, name, status, destination.shown(), destination.wasCut()));
    }
    return jobs;
  }

  private List<ArchiveRow> archive() {
    List<ArchiveRow> archive = new ArrayList<>();
    for (LookRow row : limited(QueryPart.ARCHIVE)) {
      Long tenant = row.n1();
      Long piece = row.n2();
      String status = whole(row.t1());
      if (tenant == null || piece == null || status == null) {
        addBlindSpot(
            Area.ARCHIVE,
            QueryPart.ARCHIVE.source() + " showed a row without tenant, piece or " + STATUS_LIMIT);
        return List.of();
      }
      archive.add(new ArchiveRow(new TenantId(tenant), status, piece));
    }
    return archive;
  }

  private Map<Long, String> names() {
    Map<Long, String> names = new HashMap<>();
    for (LookRow row : limited(QueryPart.TENANTS)) {
      String name = whole(row.t1());
      if (row.n1() != null && name != null) {
        names.put(row.n1(), name);
      }
    }
    return names;
  }

  /** The server compares names by its collation; only an equal name counts. */
  private Map<String, TenantId> ids(Map<Long, String> names) {
    Map<String, TenantId> ids = new HashMap<>();
    names.forEach(
        (id, name) -> {
          if (tenantNames.contains(name)) {
            ids.put(name, new TenantId(id));
          }
        });
    return ids;
  }

  private List<LookRow> of(QueryPart part) {
    return rows.stream().filter(row -> row.isOf(part)).toList();
  }

  /** Returns the rows of a part; none, and a blind spot, where there are too many. */
  private List<LookRow> limited(QueryPart part) {
    List<LookRow> all = of(part);
    if (all.size() <= LookRow.MAX_ROWS) {
      return all;
    }
    addBlindSpot(part.area(), part.source() + " showed more than " + LookRow.MAX_ROWS + " rows");
    return List.of();
  }

  private static @Nullable String whole(@Nullable ServerText text) {
    return text == null || text.wasCut() ? null : text.shown();
  }

  private boolean isUnexplained(Area area) {
    return blindSpots.stream().noneMatch(spot -> spot.area() == area);
  }

  private void addBlindSpot(Area area, String message) {
    blindSpots.add(new BlindSpot(area, Cause.MALFORMED, message));
  }
}
