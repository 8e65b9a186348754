package dev.backstop.daemon;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Status and history of clusters that show everything the page has to tell. */
final class SampleFleet {

  /** A text of the kind that a server, a file's name or a person may contain. */
  static final String HOSTILE =
      "<script>document.title='taken'</script><img src=x onerror=alert(1)>";

  private static final Actor DAEMON = new Actor("backstop-1", "daemon", "backstop-1");
  private static final String RELEASE =
      "put the file back, or backstop approve h-3f9c21 --reason R, which stops what the policy"
          + " covered, or backstop forget h-3f9c21 --reason R, which stops nothing";
  private static final String FOLDER = "oss://dr-backup/secondary";

  private final Instant now;
  private final String words;
  private final List<Map<String, @Nullable Object>> clusters = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> policies = new ArrayList<>();
  private final List<HistoryEntry> history = new ArrayList<>();
  private List<Map<String, @Nullable Object>> held = List.of();

  private SampleFleet(Instant now, String words) {
    this.now = now;
    this.words = words;
  }

  /** Returns a dozen clusters: each kind of trouble, and some as wanted. */
  static SampleFleet varied(Instant now) {
    return varied(now, "storage work, ticket 4711");
  }

  /** Returns the same with another text of a person and a file of that name. */
  static SampleFleet varied(Instant now, String words) {
    SampleFleet fleet = new SampleFleet(now, words);
    fleet.add("hz-report", "off", stopping(), stopped("paused"));
    fleet.add("sz-core", "off", unknown(), unknown());
    fleet.add("bj-risk", "off", contested(), stopped("paused"));
    fleet.add("gz-mall", "off", heldBack(), stopped("paused"));
    fleet.add("cd-dr", "off", fleet.disarmed(), stopped("paused")).put("disarmed", fleet.by());
    fleet.add("hz-prod", "on", permitted(7), permitted(0));
    fleet.window("hz-prod", true, Duration.ofHours(5));
    fleet.add("sh-prod", "on", windowClosed(), stopped("paused"));
    fleet.window("sh-prod", false, Duration.ofHours(2));
    for (String name : List.of("bj-prod", "gz-prod", "sz-prod", "wh-prod")) {
      fleet.add(name, "off", stopped("no jobs"), stopped("paused"));
    }
    fleet.add("cd-test", "", unmanaged(), unmanaged());
    fleet.held = List.of(heldSet(now));
    fleet.tellTheDay();
    return fleet;
  }

  /** Returns three clusters that a person disarmed at once. */
  static SampleFleet disarmed(Instant now) {
    SampleFleet fleet = new SampleFleet(now, "until we understand this");
    for (String name : List.of("bj-prod", "hz-prod", "sh-prod")) {
      fleet.add(name, "off", stopped("no jobs"), stopped("paused")).put("disarmed", fleet.by());
    }
    fleet.tell("bj-prod", 3);
    return fleet;
  }

  /** Returns a thousand clusters, nearly all as wanted. */
  static SampleFleet large(Instant now) {
    SampleFleet fleet = new SampleFleet(now, "");
    String[] cities = {"bj", "cd", "gz", "hz", "nj", "sh", "sz", "wh", "xa", "xm"};
    for (int i = 0; i < 1000; i++) {
      String name = cities[i % 10] + "-" + (i % 3 == 0 ? "core" : "prod") + "-%03d".formatted(i);
      boolean isUnknown = i % 250 == 17;
      boolean isStopping = i % 333 == 100;
      fleet.add(
          name,
          "off",
          isUnknown ? unknown() : isStopping ? stopping() : stopped("no jobs"),
          isUnknown ? unknown() : stopped("paused"));
      fleet.tell(name, 3 + i % 20);
    }
    return fleet;
  }

  /** A kind as the page gets it: state, reason, code, release, jobs. */
  private record Shown(
      State state, String reason, String code, @Nullable String release, List<Job> jobs) {}

  private static Job sets(long id, String status) {
    return new Job(JobObject.BACKUPSET, id, new TenantId(1001), "pay", status, FOLDER);
  }

  private static Shown stopping() {
    return new Shown(
        State.STOPPING,
        "ALTER SYSTEM CANCEL BACKUP BACKUPSET was sent 40 s ago and accepted; backup set job 41"
            + " (tenant pay/1001, CANCEL) is ending",
        "sent",
        null,
        List.of(
            sets(41, "CANCEL"),
            new Job(JobObject.BACKUPSET, 42, new TenantId(1002), "crm", "BACKUP", FOLDER)));
  }

  private static Shown unknown() {
    return new Shown(
        State.UNKNOWN,
        "can't connect to 10.8.0.21:2881: connect timed out after 5s; the next look is in 30 s",
        "unreachable",
        "backstop doctor -c sz-core shows what to type",
        List.of());
  }

  private static Shown contested() {
    return new Shown(
        State.CONTESTED,
        "backup set job 88 came back 3 times within 24 h; the next stop waits until 5 min after the"
            + " last return. Likely an OCP backup strategy or a cron job starts it",
        "returned_too_often",
        "switch that off too, or edit the policy",
        List.of(sets(88, "BACKUP")));
  }

  private static Shown heldBack() {
    return new Shown(
        State.HELD,
        "the deletion of policy gz-mall waits for a person: several policies were deleted and no"
            + " policy file is left",
        "deletion_held",
        RELEASE,
        List.of(sets(12, "BACKUP")));
  }

  private Shown disarmed() {
    return new Shown(
        State.DISARMED,
        "disarmed by li.wei: " + words,
        "disarmed",
        "backstop arm cd-dr",
        List.of(sets(5, "BACKUP")));
  }

  private static Shown permitted(long id) {
    Job job =
        id == 0
            ? new Job(JobObject.ARCHIVELOG, 0, TenantId.SYS, "", "DOING", FOLDER)
            : sets(id, "BACKUP");
    return new Shown(
        State.PERMITTED, "permitted by policy hz-prod", "policy_on", null, List.of(job));
  }

  private static Shown windowClosed() {
    return new Shown(State.STOPPED, "no jobs", "no_jobs", null, List.of());
  }

  private static Shown stopped(String reason) {
    return new Shown(State.STOPPED, reason, reason.replace(' ', '_'), null, List.of());
  }

  private static Shown unmanaged() {
    return new Shown(
        State.UNMANAGED, "no policy names cluster cd-test", "no_policy", null, List.of());
  }

  private Map<String, @Nullable Object> by() {
    return tree("by", "li.wei", "reason", words, "until", null);
  }

  private static Map<String, @Nullable Object> heldSet(Instant now) {
    return tree(
        "id",
        "h-3f9c21",
        "reason",
        "all_gone",
        "clusters",
        List.of("gz-mall"),
        "policies",
        List.of("gz-mall", "gz-mall-log"),
        "since",
        now.minusSeconds(1500).toString(),
        "release",
        RELEASE);
  }

  private Map<String, @Nullable Object> add(String name, String wish, Shown data, Shown log) {
    int number = clusters.size();
    Map<String, @Nullable Object> cluster =
        tree(
            "cluster",
            name,
            "nextRun",
            now.plusSeconds(12).toString(),
            "daemon",
            "backstop-1",
            "endpoint",
            wish.isEmpty() ? null : "10.8.0." + number % 250 + ":2881",
            "version",
            wish.isEmpty() ? null : "3.2.4.5");
    cluster.put("disarmed", null);
    cluster.put("kinds", List.of(kind(name, "data", data), kind(name, "log", log)));
    clusters.add(cluster);
    if (!wish.isEmpty()) {
      policies.add(
          tree(
              "name",
              name,
              "file",
              name + ".yaml",
              "cluster",
              name,
              "clusters",
              List.of(name),
              "mode",
              "enforce",
              "data",
              wish,
              "log",
              wish,
              "state",
              data.state() == State.HELD ? "held_deletion" : "valid",
              "error",
              null));
    }
    return cluster;
  }

  private Map<String, @Nullable Object> kind(String cluster, String name, Shown shown) {
    boolean isSeen = shown.state() != State.UNMANAGED;
    return tree(
        "kind", name,
        "state", shown.state().name(),
        "reason", shown.reason(),
        "reasonCode", shown.code(),
        "release", shown.release(),
        "since", now.minusSeconds(shown.state().isConverged() ? 40_000 : 400).toString(),
        "observedAt", isSeen ? now.minusSeconds(3).toString() : null,
        "window", null,
        "jobs", shown.jobs().stream().map(job -> job(cluster, job, shown)).toList(),
        "statements", List.of());
  }

  private static Map<String, @Nullable Object> job(String cluster, Job job, Shown shown) {
    return tree(
        "object", job.object().word(),
        "jobId", job.object() == JobObject.ARCHIVELOG ? null : job.jobId(),
        "tenantId", job.tenant().value(),
        "tenant", job.tenantName().isEmpty() ? null : job.tenantName(),
        "status", job.status(),
        "destination", job.destination(),
        "standing", shown.state() == State.PERMITTED ? "wanted" : "forbidden",
        "policies", List.of(cluster));
  }

  private void window(String name, boolean isOpen, Duration left) {
    clusters.stream()
        .filter(cluster -> name.equals(cluster.get("cluster")))
        .forEach(
            cluster -> {
              for (Object kind : (List<?>) cluster.getOrDefault("kinds", List.of())) {
                put(kind, "window", tree("open", isOpen, "nextChange", now.plus(left).toString()));
              }
            });
  }

  @SuppressWarnings("unchecked") // What kind() made.
  private static void put(Object tree, String key, Object value) {
    ((Map<String, Object>) tree).put(key, value);
  }

  private void tellTheDay() {
    tell("hz-report", 0.1);
    tell("hz-report", 9);
    tell("bj-risk", 2);
    tell("bj-risk", 5);
    tell("bj-risk", 11);
    tell("gz-prod", 16);
    tell("sh-prod", 7);
    history.add(
        HistoryEntry.of(
            now.minus(Duration.ofHours(7)),
            DAEMON,
            "sh-prod",
            Kind.DATA,
            Event.WINDOW_CLOSED,
            "the backup window of policy sh-prod closed"));
    returned("bj-risk", 4.8);
    returned("bj-risk", 1.9);
    returned("bj-risk", 0.4);
    history.add(
        HistoryEntry.of(
            now.minusSeconds(1700),
            new Actor("backstop-1", "li.wei", "backstop-1"),
            "cd-dr",
            "",
            Event.DISARMED,
            words));
    history.add(
        HistoryEntry.of(now.minusSeconds(80_000), DAEMON, "", "", Event.DAEMON_STARTED, "started"));
    history.sort(Comparator.comparing(HistoryEntry::time));
  }

  /** Tells of a stop: jobs ran, a statement was sent, and the stop was proven a while later. */
  private void tell(String cluster, double hoursAgo) {
    Instant at = now.minusSeconds((long) (hoursAgo * 3600));
    List<Job> jobs = List.of(sets(31, "BACKUP"));
    history.add(changed(cluster, at.minusSeconds(2400), "DRIFTED: due now", jobs));
    history.add(
        HistoryEntry.of(at, DAEMON, cluster, Kind.DATA, Event.STATEMENT, "forbidden by " + cluster)
            .ofPolicy(cluster)
            .sending(Statement.CANCEL_BACKUPSET, jobs));
    history.add(
        HistoryEntry.of(
                at.plusMillis(40),
                DAEMON,
                cluster,
                Kind.DATA,
                Event.STATEMENT_RESULT,
                "accepted, which is a request recorded and no proof")
            .sending(Statement.CANCEL_BACKUPSET, jobs)
            .ending(SentStatement.Result.ACCEPTED, List.of()));
    if (hoursAgo > 1) {
      Instant proven = at.plusSeconds(1500);
      history.add(
          HistoryEntry.of(
              proven,
              DAEMON,
              cluster,
              Kind.DATA,
              Event.STOP_PROVEN,
              "two looks agree that nothing forbidden runs"));
      history.add(changed(cluster, proven, "STOPPED: no jobs", List.of()));
    }
  }

  private void returned(String cluster, double hoursAgo) {
    Instant at = now.minusSeconds((long) (hoursAgo * 3600));
    List<Job> jobs = List.of(sets(87, "BACKUP"));
    history.add(
        HistoryEntry.of(
                at, DAEMON, cluster, Kind.DATA, Event.JOB_RETURNED, "backup set job 87 came back")
            .running(jobs));
    history.add(changed(cluster, at, "CONTESTED: it came back", jobs));
  }

  private static HistoryEntry changed(String cluster, Instant at, String words, List<Job> jobs) {
    return HistoryEntry.of(at, DAEMON, cluster, Kind.DATA, Event.STATE_CHANGED, words)
        .running(jobs);
  }

  /** Returns the tree of the status. */
  Map<String, @Nullable Object> status() {
    return tree(
        "clusters", clusters,
        "policies", policies,
        "held", held,
        "ignoredFiles",
            held.isEmpty()
                ? List.of()
                : List.of(
                    tree("file", "old/" + words + ".yaml.txt", "reason", "not .yaml or .yml")),
        "awaitingStart", List.of());
  }

  /** Reads history as a store does, which has no room for a whole day of very many clusters. */
  boolean read(HistoryQuery query, Consumer<HistoryEntry> reader) {
    boolean isCut = query.clusters().isEmpty() && clusters.size() > 100;
    history.stream()
        .filter(entry -> !isCut || entry.time().isAfter(now.minus(Duration.ofHours(20))))
        .filter(entry -> query.clusters().isEmpty() || query.clusters().contains(entry.cluster()))
        .filter(entry -> !entry.time().isBefore(query.since()))
        .forEach(reader);
    return isCut;
  }

  private static Map<String, @Nullable Object> tree(@Nullable Object... pairs) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      tree.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return tree;
  }
}
