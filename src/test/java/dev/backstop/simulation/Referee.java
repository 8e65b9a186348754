package dev.backstop.simulation;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.reconcile.Permit;
import dev.backstop.reconcile.PermitRequest;
import dev.backstop.reconcile.Report;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges every statement and every state shown by what is true, with an eye of its own. */
final class Referee implements InProcessCluster.Watcher {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration SECOND_LOOK = Duration.ofSeconds(2);

  private final VirtualTime time;
  private final Library library;
  private final Map<String, VirtualCluster> expected;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, List<Seen>> looks = new TreeMap<>();
  private final Map<String, Seen> unwritten = new HashMap<>();
  private final Map<String, Instant> begun = new HashMap<>();
  private final Map<String, Past> past = new HashMap<>();
  private final Map<String, State> shownStates = new TreeMap<>();
  private final Set<String> freshLooks = new HashSet<>();
  private final Set<Permit> open = new HashSet<>();
  private final Map<String, @Nullable Instant> disarmed = new HashMap<>();
  private int looked;
  private int sent;

  private record Past(Instant at, Seen seen) {}

  Referee(VirtualTime time, Cabinet cabinet, Duration grace, Map<String, VirtualCluster> expected) {
    this.time = time;
    this.library = new Library(cabinet, grace, this::fault);
    this.expected = expected;
  }

  Library library() {
    return library;
  }

  /** Lists what was wrong, with its time. */
  List<String> faults() {
    return faults;
  }

  int looked() {
    return looked;
  }

  int sent() {
    return sent;
  }

  private void fault(String words) {
    faults.add(time.now() + " (clock " + time.wall() + ") " + words);
  }

  /** Keeps what disarms, as a copy of the store would. */
  Map<String, @Nullable Instant> disarmed() {
    return disarmed;
  }

  /** Keeps which stops are under way and since when, as a copy of the store would. */
  Map<String, Instant> begun() {
    return begun;
  }

  void restarted() {
    freshLooks.clear();
    library.restarted();
  }

  /** The store is another one now: what was sent and seen before is unknown to the daemon. */
  void storeChanged(List<Report> reports, Map<String, Instant> stops) {
    looks.clear();
    begun.clear();
    begun.putAll(stops);
    past.clear();
    open.clear();
    shownStates.clear();
    for (Report report : reports) {
      report
          .plan()
          .kinds()
          .forEach(plan -> shownStates.put(key(report.cluster(), plan.kind()), plan.state()));
    }
  }

  private static String key(String cluster, Kind kind) {
    return cluster + " " + kind.word();
  }

  @Override
  public void looked(String cluster, Observation seen, VirtualCluster server) {
    looked++;
    freshLooks.add(cluster);
    for (Kind kind : Kind.values()) {
      unwritten.remove(key(cluster, kind));
    }
    if (!seen.isAnswered()) {
      return;
    }
    Seen truth = Seen.of(server, seen.at(), time.now());
    for (Kind kind : Kind.values()) {
      if (seen.blindTo(kind).isEmpty() && server == expected.get(cluster)) {
        unwritten.put(key(cluster, kind), truth);
      }
    }
  }

  /** What a look showed is known to the next cycle only once it is written down. */
  private void written(String cluster) {
    for (Kind kind : Kind.values()) {
      Seen truth = unwritten.remove(key(cluster, kind));
      if (truth != null) {
        List<Seen> all = looks.computeIfAbsent(key(cluster, kind), name -> new ArrayList<>());
        all.add(truth);
        if (all.size() > 1500) {
          all.subList(0, 500).clear();
        }
        endBegun(cluster, kind, all);
      }
    }
  }

  private void endBegun(String cluster, Kind kind, List<Seen> all) {
    Seen last = all.get(all.size() - 1);
    if (!last.owners(kind == Kind.DATA).isEmpty()) {
      return;
    }
    for (int i = all.size() - 2; i >= 0; i--) {
      if (!all.get(i).owners(kind == Kind.DATA).isEmpty()) {
        return;
      }
      if (!all.get(i).wall().plus(SECOND_LOOK).isAfter(last.wall())) {
        begun.remove(key(cluster, kind));
        return;
      }
    }
  }

  /** Judges a permit at the moment that it is granted. */
  void permitted(PermitRequest request, Permit permit, boolean isRecorded) {
    String cluster = permit.cluster();
    Statement statement = permit.statement();
    String what = statement.sql() + " on " + cluster;
    open.add(permit);
    written(cluster);
    if (!isRecorded || request.entry().statement() != statement) {
      fault(what + " has no record");
    }
    if (isDisarmed(cluster)) {
      fault(what + " although disarmed");
    }
    List<Seen> all = looks.getOrDefault(key(cluster, statement.kind()), List.of());
    if (all.isEmpty() || !freshLooks.contains(cluster)) {
      fault(what + " without a look");
      return;
    }
    Seen seen = all.get(all.size() - 1);
    if (Duration.between(seen.at(), time.now()).compareTo(FRESH) > 0) {
      fault(what + " on a look that is too old: " + seen.at());
    }
    judgeGrounds(cluster, statement, seen, what);
    judgePace(cluster, statement, seen, all, what);
    past.put(cluster + " " + statement, new Past(time.wall(), seen));
    begun.putIfAbsent(key(cluster, statement.kind()), time.wall());
  }

  private boolean isDisarmed(String cluster) {
    return Stream.of(cluster, "*")
        .filter(disarmed::containsKey)
        .anyMatch(
            name -> {
              Instant until = disarmed.get(name);
              return until == null || time.wall().isBefore(until);
            });
  }

  private void judgeGrounds(String cluster, Statement statement, Seen seen, String what) {
    Kind kind = statement.kind();
    List<Long> owners = new ArrayList<>(seen.owners(kind == Kind.DATA));
    boolean isStop = statement == Statement.STOP_ARCHIVELOG;
    if (isStop && !seen.pieces().isEmpty()) {
      fault(what + " while piece jobs exist");
    }
    if (isStop && !seen.archives() && seen.leftBehind()) {
      owners.add(1L);
    }
    if (owners.isEmpty()) {
      fault(what + " although nothing runs");
    }
    for (long owner : owners) {
      String why = objection(cluster, kind, owner);
      if (!why.isEmpty()) {
        fault(
            what
                + " hits a job of tenant "
                + owner
                + ": "
                + why
                + "; begun "
                + begun
                + "; "
                + library.shown());
      }
    }
    if (begun.get(key(cluster, kind)) == null) {
      library.strays().stream()
          .filter(
              paper ->
                  !paper.text().contains("cluster: ")
                      || paper.text().contains("cluster: " + cluster + "\n"))
          .findFirst()
          .ifPresent(paper -> fault(what + " in spite of a broken file: " + paper.text()));
    }
  }

  /** Returns why a job may not be stopped; empty where it may. */
  private String objection(String cluster, Kind kind, long owner) {
    boolean data = kind == Kind.DATA;
    boolean hasGround = false;
    for (Memo memo : library.shown().values()) {
      Paper.Draft draft = memo.draft();
      if (!draft.cluster().equals(cluster)) {
        continue;
      }
      if (isWantedBy(memo, data, owner)) {
        return "wanted by " + draft.name();
      }
      hasGround |= isGround(memo, data, owner, begun.get(key(cluster, kind)));
    }
    return hasGround ? "" : "nothing forbids it";
  }

  private static boolean isWantedBy(Memo memo, boolean data, long owner) {
    Paper.Draft draft = memo.draft();
    return !memo.counted()
        && draft.isOn(data)
        && (owner == 1 || draft.tenants().isEmpty() || draft.tenants().contains(owner));
  }

  private static boolean isGround(Memo memo, boolean data, long owner, @Nullable Instant begunAt) {
    Paper.Draft draft = memo.draft();
    boolean isOff = memo.counted() || !draft.isOn(data);
    boolean covers = draft.tenants().isEmpty() || (owner != 1 && draft.tenants().contains(owner));
    Instant doubt = memo.counted() ? null : memo.inDoubtSince();
    boolean goesOn = doubt == null || (begunAt != null && !begunAt.isAfter(doubt));
    return isOff && covers && !draft.observe() && goesOn;
  }

  /** Tells whether something runs that a good file or a deletion that counts forbids for sure. */
  boolean mustStop(String cluster, Kind kind, Seen seen) {
    boolean data = kind == Kind.DATA;
    return seen.owners(data).stream()
        .anyMatch(
            owner -> {
              List<Memo> of =
                  library.shown().values().stream()
                      .filter(memo -> memo.draft().cluster().equals(cluster))
                      .toList();
              return of.stream().noneMatch(memo -> isWantedBy(memo, data, owner))
                  && of.stream()
                      .anyMatch(memo -> !memo.counted() && isGround(memo, data, owner, null));
            });
  }

  private void judgePace(
      String cluster, Statement statement, Seen seen, List<Seen> all, String what) {
    if (seen.isEnding(statement)) {
      Instant since = seen.wall();
      for (int i = all.size() - 1; i >= 0; i--) {
        if (!all.get(i).target(statement).equals(seen.target(statement))) {
          break;
        }
        since = all.get(i).wall();
      }
      if (time.wall().isBefore(since.plus(MINUTE))) {
        fault(what + " at rows on their way out that moved at " + since + ": " + seen.pieces());
      }
    }
    Past last = past.get(cluster + " " + statement);
    if (last == null || !time.wall().isBefore(last.at().plus(MINUTE))) {
      return;
    }
    if (time.wall().isBefore(last.at())) {
      return;
    }
    List<Seen> since = all.stream().filter(one -> one.at().isAfter(last.seen().at())).toList();
    if (!hasProgressed(statement, last.seen(), since) && !isProven(cluster, statement, since)) {
      fault(what + " again after " + Duration.between(last.at(), time.wall()));
    }
  }

  private static boolean hasProgressed(Statement statement, Seen before, List<Seen> since) {
    return switch (statement) {
      case CANCEL_BACKUPSET ->
          since.stream().anyMatch(one -> one.highest(statement) > before.highest(statement));
      case CANCEL_BACKUPPIECE ->
          since.stream().anyMatch(one -> !one.ids(statement).contains(before.lowest(statement)));
      case STOP_ARCHIVELOG -> false;
    };
  }

  private boolean isProven(String cluster, Statement statement, List<Seen> since) {
    Instant quiet = null;
    for (Seen one : since) {
      if (mustStop(cluster, statement.kind(), one)) {
        quiet = null;
      } else if (quiet == null) {
        quiet = one.wall();
      } else if (!one.wall().isBefore(quiet.plus(SECOND_LOOK))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void sending(Permit permit, VirtualCluster server, TenantId tenant) {
    sent++;
    String what = permit.statement().sql() + " for " + permit.cluster();
    if (!open.remove(permit)) {
      fault(what + " without a permit of its own");
    }
    if (server != expected.get(permit.cluster())) {
      fault(what + " reaches another server: " + server.settings());
    }
    if (!tenant.equals(TenantId.SYS)) {
      fault(what + " in tenant " + tenant);
    }
    if (server.version().number().startsWith("4")) {
      fault(what + " reaches a server without secondary backup");
    }
  }

  /** Judges the states that a report shows. */
  void recorded(Report report) {
    written(report.cluster());
    for (KindPlan plan : report.plan().kinds()) {
      String key = key(report.cluster(), plan.kind());
      State before = shownStates.put(key, plan.state());
      boolean claims = plan.state() == State.STOPPED || plan.state() == State.PERMITTED;
      List<Seen> all = looks.getOrDefault(key, List.of());
      boolean isCalm = library.changedAt().plus(FRESH).isBefore(time.wall());
      if (!claims || !isCalm) {
        continue;
      }
      if (all.isEmpty()) {
        fault(key + " is shown " + plan.state() + " without a look");
        continue;
      }
      Seen last = all.get(all.size() - 1);
      if (mustStop(report.cluster(), plan.kind(), last)) {
        fault(key + " is shown " + plan.state() + " although something forbidden runs");
      }
      if (plan.state() == State.STOPPED && before != State.STOPPED) {
        Optional<Seen> first =
            all.stream()
                .filter(one -> !one.wall().plus(SECOND_LOOK).isAfter(last.wall()))
                .reduce((one, other) -> other);
        if (first.isEmpty() || mustStop(report.cluster(), plan.kind(), first.get())) {
          fault(key + " is shown STOPPED by one look only");
        }
      }
    }
  }

  /** Judges where everything has come to in the end. */
  void judgeEnd(List<Report> reports) {
    for (Map.Entry<String, VirtualCluster> entry : expected.entrySet()) {
      Seen truth = Seen.of(entry.getValue(), time.wall(), time.now());
      for (Kind kind : Kind.values()) {
        Optional<KindPlan> plan =
            reports.stream()
                .filter(report -> report.cluster().equals(entry.getKey()))
                .map(report -> report.plan().kind(kind))
                .findFirst();
        State state = plan.map(KindPlan::state).orElse(State.UNMANAGED);
        judgeEnd(entry.getKey(), kind, state, truth, String.valueOf(plan.orElse(null)));
      }
    }
  }

  private void judgeEnd(String cluster, Kind kind, State state, Seen truth, String plan) {
    String key = key(cluster, kind);
    boolean mustStop = mustStop(cluster, kind, truth);
    switch (state) {
      case STOPPED, PERMITTED, UNMANAGED -> {
        if (mustStop) {
          fault(key + " ends as " + state + " although something forbidden runs");
        }
      }
      case DISARMED -> {
        if (!isDisarmed(cluster)) {
          fault(key + " ends as DISARMED although nobody disarmed it");
        }
      }
      case WRONG_CLUSTER, UNSUPPORTED, UNKNOWN, NOT_VERIFIED, STOPPING, DRIFTED, REFUSED ->
          fault(key + " ends as " + state + ": " + plan);
      case HELD, BLOCKED, WOULD_STOP, CONTESTED -> {}
    }
  }
}
