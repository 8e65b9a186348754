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
 * Understands a look's answer; a row that makes no sense blinds its area, never passes for none.
 */
final class LookReader {

  private static final ServerText NO_TEXT = new ServerText("", false);
  private static final String WHOLE_STATUS =
      "a status of at most " + ServerText.LONGEST + " characters";

  private final List<LookRow> rows;
  private final Set<String> tenantNames;
  private final List<BlindSpot> blindSpots;

  /**
   * Reads an answer that holds the constant row.
   *
   * @param tenantNames the names whose ids were asked for
   * @param blindSpots what the query could not ask for
   */
  LookReader(List<LookRow> rows, Set<String> tenantNames, List<BlindSpot> blindSpots) {
    this.rows = rows;
    this.tenantNames = tenantNames;
    this.blindSpots = new ArrayList<>(blindSpots);
  }

  /** Returns what the look showed, with identity and version from {@code shown}. */
  Observation read(Instant at, String endpoint, SessionIdentity shown) {
    Map<Long, String> names = names();
    Identity identity = identity(shown);
    ServerVersion version = version(shown);
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
        interval(shown),
        sets,
        pieces,
        archive,
        ids(names),
        blindSpots);
  }

  private @Nullable Identity identity(SessionIdentity shown) {
    Long tenant = shown.tenantId();
    String name = shown.name();
    String id = shown.id();
    if (tenant != null && name != null && id != null) {
      try {
        return new Identity(name, Long.parseLong(id.strip()), new TenantId(tenant));
      } catch (NumberFormatException e) {
        blind(Area.IDENTITY, "parameter cluster_id is not a number: " + id);
        return null;
      }
    }
    if (isUnblamed(Area.IDENTITY)) {
      blindSpots.add(
          new BlindSpot(Area.IDENTITY, Cause.MISSING, "the server did not show " + gaps(shown)));
    }
    return null;
  }

  static String gaps(SessionIdentity shown) {
    List<String> gaps = new ArrayList<>();
    if (shown.tenantId() == null) {
      gaps.add("that the session is in tenant sys");
    }
    if (shown.name() == null) {
      gaps.add("parameter cluster" + cut(shown.nameText()));
    }
    if (shown.id() == null) {
      gaps.add("parameter cluster_id" + cut(shown.idText()));
    }
    return String.join(", ", gaps) + "; log in as root@sys or with the same rights";
  }

  private static String cut(@Nullable ServerText text) {
    return text != null && text.wasCut()
        ? " whole, which has more than " + ServerText.LONGEST + " characters"
        : "";
  }

  private @Nullable ServerVersion version(SessionIdentity shown) {
    ServerVersion version = shown.version();
    if (version == null && isUnblamed(Area.VERSION)) {
      blindSpots.add(
          new BlindSpot(
              Area.VERSION,
              Cause.MALFORMED,
              "neither version_comment nor ob_version() names a version: is this OceanBase?"));
    }
    return version;
  }

  private static @Nullable Duration interval(SessionIdentity shown) {
    ServerText option = shown.copyOption();
    return option == null || option.wasCut()
        ? null
        : CopyOption.checkpointInterval(option.shown()).orElse(null);
  }

  private @Nullable Boolean flag() {
    if (!isUnblamed(Area.FLAG)) {
      return null;
    }
    boolean enabled = false;
    for (LookRow row : of(QueryPart.FLAG)) {
      ServerText text = row.t1();
      String value = text == null ? "" : text.shown().strip();
      if ((text != null && text.wasCut()) || !Set.of("", "0", "1").contains(value)) {
        blind(Area.FLAG, "enable_auto_backup_archivelog has an unknown value");
        return null;
      }
      enabled |= value.equals("1");
    }
    return enabled;
  }

  private List<Job> jobs(QueryPart arm, JobObject object, Map<Long, String> names) {
    List<Job> jobs = new ArrayList<>();
    for (LookRow row : bounded(arm)) {
      Long id = row.n1();
      Long tenant = row.n2();
      String status = whole(row.t1());
      if (id == null || tenant == null || status == null) {
        blind(arm.area(), arm.source() + " showed a row without id, tenant or " + WHOLE_STATUS);
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
    for (LookRow row : bounded(QueryPart.ARCHIVE)) {
      Long tenant = row.n1();
      Long piece = row.n2();
      String status = whole(row.t1());
      if (tenant == null || piece == null || status == null) {
        blind(
            Area.ARCHIVE,
            QueryPart.ARCHIVE.source() + " showed a row without tenant, piece or " + WHOLE_STATUS);
        return List.of();
      }
      archive.add(new ArchiveRow(new TenantId(tenant), status, piece));
    }
    return archive;
  }

  private Map<Long, String> names() {
    Map<Long, String> names = new HashMap<>();
    for (LookRow row : bounded(QueryPart.TENANTS)) {
      String name = whole(row.t1());
      if (row.n1() != null && name != null) {
        names.put(row.n1(), name);
      }
    }
    return names;
  }

  /**
   * The server may find names in any spelling of case; only the very name that was asked counts.
   */
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

  private List<LookRow> of(QueryPart arm) {
    return rows.stream().filter(row -> row.isOf(arm)).toList();
  }

  /** Returns an arm's rows; none, and its area blind, where there are more than can be judged. */
  private List<LookRow> bounded(QueryPart arm) {
    List<LookRow> all = of(arm);
    if (all.size() <= LookRow.MOST) {
      return all;
    }
    blind(arm.area(), arm.source() + " showed more than " + LookRow.MOST + " rows");
    return List.of();
  }

  private static @Nullable String whole(@Nullable ServerText text) {
    return text == null || text.wasCut() ? null : text.shown();
  }

  private boolean isUnblamed(Area area) {
    return blindSpots.stream().noneMatch(spot -> spot.area() == area);
  }

  private void blind(Area area, String words) {
    blindSpots.add(new BlindSpot(area, Cause.MALFORMED, words));
  }
}
