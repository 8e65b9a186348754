package dev.backstop.simulation;

import dev.backstop.observation.ArchiveRow;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Observation;
import dev.backstop.observation.Redaction;
import dev.backstop.observation.ServerText;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.PlanInput.ExpectedIdentity;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one look straight from a virtual cluster's typed rows. */
final class InProcessLook {

  private static final Pattern INTERVAL =
      Pattern.compile("log_archive_checkpoint_interval=(\\d+)s");

  /** Lists what a look reads, by the area that is unknown where it can't be read. */
  private static final Map<Area, String> TABLES = new EnumMap<>(Area.class);

  static {
    TABLES.put(Area.FLAG, "__all_tenant_backup_info");
    TABLES.put(Area.SETS, "cdb_ob_backup_backupset_job");
    TABLES.put(Area.PIECES, "cdb_ob_backup_backuppiece_job");
    TABLES.put(Area.ARCHIVE, "cdb_ob_backup_backup_archivelog");
    TABLES.put(Area.TENANT_NAMES, "__all_tenant");
  }

  private static final List<String> ALL = List.copyOf(TABLES.values());

  private static final Map<Edition, ServerVersion> VERSIONS = new EnumMap<>(Edition.class);

  static {
    for (Edition edition : Edition.values()) {
      ServerVersion.read(
              ServerText.of(edition.version().comment()), ServerText.of(edition.version().number()))
          .ifPresent(version -> VERSIONS.put(edition, version));
    }
  }

  /** Destinations repeat from look to look; hiding their keys is the dearest part of one. */
  private static final Map<String, String> SHOWN = new ConcurrentHashMap<>();

  private final String endpoint;
  private final Instant at;
  private final Set<String> tenantNames;
  private ShownDestination destinations = ShownDestination.WHOLE;
  private Duration clockOff = Duration.ZERO;
  private final List<BlindSpot> blindSpots = new ArrayList<>();

  InProcessLook(String endpoint, Instant at, Set<String> tenantNames) {
    this.endpoint = endpoint;
    this.at = at;
    this.tenantNames = tenantNames;
  }

  /** Says what the server lets be seen of destinations and of its clock. */
  void showing(ShownDestination shown, Duration off) {
    destinations = shown;
    clockOff = off;
  }

  Observation blind(Cause cause, String words) {
    return Observation.blind(at, endpoint, cause, words);
  }

  /** Looks at a server through a session in that tenant. */
  Observation at(VirtualCluster server, TenantId tenant, Instant now) {
    blindSpots.clear();
    String session = tenant.equals(TenantId.SYS) ? "sys" : "pay";
    Reply whole = server.beforeQuery(ALL, session, now);
    if (whole.connection() != Reply.Connection.KEPT) {
      boolean isHung = whole.connection() == Reply.Connection.HUNG;
      return blind(isHung ? Cause.TIMEOUT : Cause.UNREACHABLE, "no answer");
    }
    if (server.answersWithoutRows()) {
      return blind(Cause.NO_CONSTANT_ROW, "no row at all");
    }
    if (whole.error() == 1146 || whole.error() == 1142) {
      TABLES.forEach((area, table) -> probe(server, session, area, table, now));
    } else if (!whole.isOk()) {
      return blind(whole.error() == 4012 ? Cause.TIMEOUT : Cause.SERVER_ERROR, whole.message());
    }
    return read(server, tenant);
  }

  private void probe(VirtualCluster server, String session, Area area, String table, Instant now) {
    Reply reply = server.beforeQuery(List.of(table), session, now);
    if (!reply.isOk()) {
      Cause cause =
          switch (reply.error()) {
            case 1146 -> Cause.MISSING;
            case 1142 -> Cause.NO_PRIVILEGE;
            default -> Cause.SERVER_ERROR;
          };
      blindSpots.add(new BlindSpot(area, cause, table + ": " + reply.message()));
    }
  }

  private boolean sees(Area area) {
    for (BlindSpot spot : blindSpots) {
      if (spot.area() == area) {
        return false;
      }
    }
    return true;
  }

  private Observation read(VirtualCluster server, TenantId tenant) {
    Map<Long, String> names = sees(Area.TENANT_NAMES) ? server.tenants() : Map.of();
    List<Job> sets = new ArrayList<>();
    List<Job> pieces = new ArrayList<>();
    List<ArchiveRow> archive = new ArrayList<>();
    if (sees(Area.SETS)) {
      server
          .setJobs()
          .forEach(
              row ->
                  add(
                      sets,
                      JobObject.BACKUPSET,
                      row.jobId(),
                      row.tenantId(),
                      row.status(),
                      row.destination(),
                      names));
    }
    if (sees(Area.PIECES)) {
      server
          .pieceJobs()
          .forEach(
              row ->
                  add(
                      pieces,
                      JobObject.BACKUPPIECE,
                      row.jobId(),
                      row.tenantId(),
                      row.status(),
                      row.destination(),
                      names));
    }
    if (sees(Area.ARCHIVE)) {
      server
          .archiveRows()
          .forEach(
              row ->
                  archive.add(
                      new ArchiveRow(
                          new TenantId(row.tenantId()), row.status(), row.backupPieceId())));
    }
    Map<String, TenantId> ids = new HashMap<>();
    names.forEach(
        (id, name) -> {
          if (tenantNames.contains(name)) {
            ids.put(name, new TenantId(id));
          }
        });
    return new Observation(
        at,
        endpoint,
        identity(server, tenant),
        version(server),
        sees(Area.FLAG) ? server.flag().equals("1") : null,
        interval(server),
        sets,
        pieces,
        archive,
        ids,
        server.now().plus(clockOff),
        isDestinationHidden() ? null : destination(server),
        blindSpots);
  }

  /** The archive has one destination, which is read whole or not at all. */
  private boolean isDestinationHidden() {
    return destinations == ShownDestination.NONE || destinations == ShownDestination.CUT;
  }

  private void add(
      List<Job> jobs,
      JobObject object,
      long id,
      long tenant,
      String status,
      @Nullable String destination,
      Map<Long, String> names) {
    TenantId owner = new TenantId(tenant);
    String name = owner.coversCluster() ? "" : names.getOrDefault(tenant, "");
    String whole = destination == null ? "" : shown(destination);
    boolean isCut = destinations == ShownDestination.CUT;
    String seen =
        switch (destinations) {
          case WHOLE, TWO -> whole;
          case CUT -> whole.substring(0, Math.min(whole.length(), 12));
          case NONE -> "";
        };
    jobs.add(new Job(object, id, owner, name, status, seen, isCut));
    if (destinations == ShownDestination.TWO) {
      jobs.add(new Job(object, id, owner, name, status, whole + "/other"));
    }
  }

  private static @Nullable String destination(VirtualCluster server) {
    String value = server.parameters().get("backup_backup_dest");
    return value == null ? null : shown(value);
  }

  private static String shown(String destination) {
    return SHOWN.computeIfAbsent(destination, Redaction::of);
  }

  private static Identity identity(VirtualCluster server, TenantId tenant) {
    return new Identity(server.settings().name(), server.settings().id(), tenant);
  }

  private static @Nullable ServerVersion version(VirtualCluster server) {
    return VERSIONS.get(server.settings().edition());
  }

  private static @Nullable Duration interval(VirtualCluster server) {
    String option = server.parameters().getOrDefault("backup_backup_dest_option", "");
    Matcher matcher = INTERVAL.matcher(option.toLowerCase(Locale.ROOT));
    return matcher.find() ? Duration.ofSeconds(Long.parseLong(matcher.group(1))) : null;
  }

  /** Returns why a statement may not go to this server; empty where it may. */
  String objection(VirtualCluster server, TenantId tenant, ExpectedIdentity expect) {
    if (server.answersWithoutRows()) {
      return "the server did not show who it is";
    }
    if (!tenant.equals(TenantId.SYS)) {
      return "the session is in tenant " + tenant;
    }
    Identity identity = identity(server, tenant);
    if (!identity.name().equals(expect.name()) || identity.id() != expect.id()) {
      return "the server is cluster " + identity.name() + " with id " + identity.id();
    }
    ServerVersion version = version(server);
    boolean isOld = version != null && !version.lacksSecondaryBackup();
    return isOld ? "" : "version " + version + " has no secondary backup";
  }
}
