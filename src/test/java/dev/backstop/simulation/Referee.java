package dev.backstop.simulation;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.policy.HoldReason;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.PermitRequest;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges every statement and every state shown by what is true, by observations of its own. It goes
 * by the true time and asks neither the planner nor the guard over deletions.
 */
final class Referee implements ExpectedPolicies.Judge {

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final World.Shape shape;
  private final VirtualTime time;
  private final ExpectedPolicies expectedPolicies;
  private final StopRules stopRules;
  private final PaceRules pace;
  private final BudgetCount budget;
  private final StateJudge states;
  private final Counts counts;
  private final Map<String, VirtualCluster> expected;
  private final List<String> faults = new ArrayList<>();
  private final WatchedTime watched;
  private final Map<String, ObservedKind[]> observedKinds = new TreeMap<>();
  private final Map<String, Map<String, Look>> unwritten = new HashMap<>();
  private final Map<Permit, String> open = new HashMap<>();
  private final Map<String, Lease> leases = new HashMap<>();
  private final Map<String, @Nullable Instant> disarmed = new HashMap<>();
  private final Map<String, Integer> writes = new HashMap<>();
  private boolean isStoreLost;

  private record Lease(String owner, Instant until) {}

  /** Is a look under way of one process: what it showed, and what was permitted on it. */
  static final class Look {
    private final TrueState truth;
    private final Set<Kind> blind;
    private final boolean lacksNames;
    private final List<TrueJob> withoutDestination;
    private final Instant wall;
    private final Set<Kind> used = EnumSet.noneOf(Kind.class);
    private boolean written;

    /** Where a part of it was waited for in vain, that is later than what the others showed. */
    private Instant ended = Instant.EPOCH;

    private int loaded;

    Look(
        TrueState truth,
        Set<Kind> blind,
        boolean lacksNames,
        List<TrueJob> withoutDestination,
        Instant wall) {
      this.truth = truth;
      this.blind = blind;
      this.lacksNames = lacksNames;
      this.withoutDestination = withoutDestination;
      this.wall = wall;
    }
  }

  Referee(
      World.Shape shape,
      VirtualTime time,
      FakeFolder folder,
      Map<String, VirtualCluster> expected) {
    this.shape = shape;
    this.time = time;
    this.expected = expected;
    this.counts = new Counts();
    this.watched = new WatchedTime(time);
    this.expectedPolicies = new ExpectedPolicies(time, folder, World.GRACE, this);
    this.stopRules =
        new StopRules(
            expectedPolicies,
            (cluster, data) -> observed(cluster, data ? Kind.DATA : Kind.LOG).ages(),
            shape.unexpected());
    this.pace = new PaceRules(stopRules, this);
    this.budget = new BudgetCount(shape.maxStopsAtOnce());
    for (String cluster : expected.keySet()) {
      observedKinds.put(
          cluster,
          new ObservedKind[] {
            new ObservedKind(cluster, Kind.DATA, new JobAges(time, watched)),
            new ObservedKind(cluster, Kind.LOG, new JobAges(time, watched))
          });
    }
    this.states = new StateJudge(this, time, expectedPolicies, stopRules, shape.maxStopsAtOnce());
  }

  ExpectedPolicies expectedPolicies() {
    return expectedPolicies;
  }

  StopRules stopRules() {
    return stopRules;
  }

  Counts counts() {
    return counts;
  }

  /** Lists what was wrong, with its time. */
  List<String> faults() {
    return faults;
  }

  @Override
  public void fault(String words) {
    faults.add(time.now() + " (clock " + time.wall() + ") " + words);
  }

  @Override
  public void held(HoldReason reason) {
    counts.held(reason);
  }

  @Override
  public boolean excuses(Instant since) {
    return time.isBeyondKnowing(since);
  }

  @Override
  public boolean mayAct(String cluster) {
    return stopRules.mayAct(cluster);
  }

  @Override
  public void letGo(ExpectedPolicy policy, Kind kind) {
    states.letGo(policy, observed(policy.spec().cluster(), kind));
  }

  /** Keeps what disarms, as a copy of the store would. */
  Map<String, @Nullable Instant> disarmed() {
    return disarmed;
  }

  /** Keeps what was seen and which stops are under way, as a copy of the store would. */
  Map<String, ObservedKind.Kept> kept() {
    Map<String, ObservedKind.Kept> kept = new HashMap<>();
    for (ObservedKind[] both : observedKinds.values()) {
      for (ObservedKind observed : both) {
        kept.put(observed.name(), observed.kept());
      }
    }
    return kept;
  }

  /** A process begins: it knows what is written down, and has looked at nothing. */
  void restarted(String owner) {
    unwritten.remove(owner);
    expectedPolicies.restarted(owner);
    watched.began();
    for (String cluster : observedKinds.keySet()) {
      if (stopRules.of(cluster).stream().noneMatch(one -> one.spec().limits().isAny())) {
        // The store holds when jobs were first seen only for those who have a limit.
        blur(cluster);
      }
    }
    leases.values().removeIf(lease -> lease.owner().equals(owner));
    time.somebodyBegan();
  }

  /** The jobs that run before anything is known are nobody's to stop without a count. */
  void begin() {
    expected.forEach(
        (cluster, server) -> {
          TrueState truth = TrueState.of(server, time.now(), time.now());
          for (Kind kind : Kind.values()) {
            boolean data = kind == Kind.DATA;
            List<BudgetCount.Turn> jobs =
                truth.running(data).stream()
                    .map(job -> new BudgetCount.Turn(job, Answer.NO, one -> Answer.NO))
                    .toList();
            budget.looked(cluster, data, jobs, time.now(), Instant.EPOCH);
          }
        });
  }

  /** The store is another one now: what was sent and seen before is unknown to the daemon. */
  void storeChanged(
      ExpectedPolicies.Copy policies,
      Map<String, @Nullable Instant> disarmings,
      Map<String, ObservedKind.Kept> kept,
      boolean isLost) {
    isStoreLost = isLost;
    expectedPolicies.restore(policies);
    disarmed.clear();
    disarmed.putAll(disarmings);
    for (ObservedKind[] both : observedKinds.values()) {
      for (ObservedKind observed : both) {
        observed.goOnWith(kept.getOrDefault(observed.name(), ObservedKind.Kept.NOTHING));
      }
    }
    observedKinds.keySet().forEach(this::blur);
    unwritten.clear();
    open.clear();
    leases.clear();
    budget.forget();
    states.storeChanged(isLost);
  }

  /** A process begins whose store can't be read: it knows nothing of those before it. */
  void standInBegins() {
    storeChanged(
        ExpectedPolicies.Copy.nothing(expectedPolicies.folderIdentity()), Map.of(), Map.of(), true);
  }

  /** A person approved the edits that wait on these clusters. */
  void attended(List<String> clusters) {
    clusters.forEach(budget::attended);
  }

  Set<String> clusters() {
    return observedKinds.keySet();
  }

  ObservedKind observed(String cluster, Kind kind) {
    ObservedKind[] both = observedKinds.get(cluster);
    if (both == null) {
      throw new IllegalArgumentException("no cluster " + cluster);
    }
    return both[kind == Kind.DATA ? 0 : 1];
  }

  /** Returns what watches one process. */
  InProcessCluster.Watcher watcherOf(String owner) {
    return new InProcessCluster.Watcher() {
      @Override
      public void looked(
          String cluster, Observation seen, @Nullable VirtualCluster server, Instant began) {
        Referee.this.looked(owner, cluster, seen, server, began);
      }

      @Override
      public void leaving(Permit permit) {
        judgeAge(owner, permit);
      }

      @Override
      public void sending(Permit permit, VirtualCluster server, TenantId tenant) {
        Referee.this.sending(owner, permit, server, tenant);
      }

      @Override
      public void answered(Permit permit, Outcome outcome) {
        if (outcome.result() == SentStatement.Result.REFUSED) {
          observed(permit.cluster(), permit.statement().kind())
              .refused(owner, permit.statement(), time.now());
        }
      }
    };
  }

  private void looked(
      String owner,
      String cluster,
      Observation seen,
      @Nullable VirtualCluster server,
      Instant began) {
    counts.looked();
    expectedPolicies.seenBy(owner);
    if (expectedPolicies.lacks(cluster)) {
      fault(cluster + " is looked at although the configuration lacks it");
    }
    Set<Kind> blind = EnumSet.noneOf(Kind.class);
    // Who expects no identity can't tell one server from another, and sends nothing to either.
    boolean isOurs =
        server != null && (server == expected.get(cluster) || shape.unexpected().contains(cluster));
    boolean lacksNames = isOurs && seen.blindTo(BlindSpot.Area.TENANT_NAMES).isPresent();
    VirtualCluster truth = isOurs ? server : expected.get(cluster);
    if (truth == null) {
      throw new IllegalStateException("no cluster " + cluster);
    }
    truth.advance(time.now());
    TrueState whole = TrueState.of(truth, began, time.now());
    boolean isDoubled =
        seen.sets().size() > whole.sets().size() || seen.pieces().size() > whole.pieces().size();
    TrueState shown = whole.doubled(isDoubled);
    Look look =
        new Look(
            shown,
            blind,
            lacksNames,
            isOurs ? withoutDestination(seen, shown) : List.of(),
            seen.at());
    Instant clock = seen.serverTime();
    if (isOurs && clock != null) {
      Duration length = Duration.between(began, time.now());
      stopRules.clock(cluster, Duration.between(time.now(), clock), length);
    }
    for (Kind kind : Kind.values()) {
      observed(cluster, kind).forgetUnwritten();
      if (!isOurs || seen.blindTo(kind).isPresent()) {
        blind.add(kind);
      }
      if (isBlind(look, cluster, kind, Leaning.POSSIBLY)) {
        // Whoever shares the store may have it from there before this one writes it down.
        observed(cluster, kind).blind(time.now());
      }
    }
    Look last = unwritten.computeIfAbsent(owner, key -> new HashMap<>()).put(cluster, look);
    if (last != null && !last.written) {
      for (Kind kind : Kind.values()) {
        observed(cluster, kind).ages().passedOver(last.wall);
      }
    }
  }

  /** A look without the names of tenants is blind for as long as a policy names them. */
  private boolean isBlind(Look look, String cluster, Kind kind, Leaning leaning) {
    boolean data = kind == Kind.DATA;
    return !isWhole(look, cluster, kind)
        || look.withoutDestination.stream()
            .filter(job -> job.object().kind() == kind)
            .anyMatch(job -> stopRules.asksDestination(cluster, data, job, leaning));
  }

  /** Returns whether a look shows all that runs of a kind, though maybe not where it writes to. */
  private boolean isWhole(Look look, String cluster, Kind kind) {
    return !look.blind.contains(kind) && !(look.lacksNames && stopRules.usesNames(cluster));
  }

  /** Close to an edge, whoever decides by a look without destinations has taken it for whole. */
  private void takeForWhole(Look look, String cluster, Kind kind) {
    if (isBlind(look, cluster, kind, Leaning.POSSIBLY)) {
      observed(cluster, kind).add(look.truth, false, expectedPolicies.editedAt(cluster));
    }
  }

  /** Lists the jobs of which a look showed no destination, half of one, or two. */
  private static List<TrueJob> withoutDestination(Observation seen, TrueState truth) {
    Set<String> unreadable = new HashSet<>();
    Map<String, String> first = new HashMap<>();
    for (Job job : seen.jobs()) {
      String key = job.object() + " " + job.jobId();
      String before = first.putIfAbsent(key, job.destination());
      boolean isOther = before != null && !before.equals(job.destination());
      if (job.destination().isBlank() || job.destinationCut() || isOther) {
        unreadable.add(key);
      }
    }
    return Stream.of(true, false)
        .flatMap(data -> truth.running(data).stream())
        .filter(job -> unreadable.contains(job.key()))
        .toList();
  }

  private void blur(String cluster) {
    for (Kind kind : Kind.values()) {
      observed(cluster, kind).ages().blur();
    }
  }

  /** A process has noted in the store how far its timeline has come. */
  void noted(Instant at) {
    watched.noted(at);
  }

  /** Returns how much time was watched. */
  WatchedTime watched() {
    return watched;
  }

  private @Nullable Look lookOf(String owner, String cluster) {
    return unwritten.getOrDefault(owner, Map.of()).get(cluster);
  }

  /** What a look showed is known to the next cycle only once it is written down. */
  private @Nullable Look written(String owner, String cluster) {
    Look look = lookOf(owner, cluster);
    if (look == null || look.written) {
      return look;
    }
    look.written = true;
    List<ExpectedPolicy> recorded = stopRules.of(cluster);
    Instant editedAt = expectedPolicies.editedAt(cluster);
    for (Kind kind : Kind.values()) {
      ObservedKind observed = observed(cluster, kind);
      boolean data = observed.isData();
      if (!look.blind.contains(kind)) {
        observed.ages().looked(look.truth, data, look.wall);
        if (!isWhole(look, cluster, kind)) {
          // Who did not know the policy with names yet has taken it for whole (seed 17003885).
          observed.ages().blur();
        }
      }
      if (isBlind(look, cluster, kind, Leaning.POSSIBLY)) {
        // A silent server is waited for after what it showed.
        observed.blind(time.now());
        continue;
      }
      if (observed.hasSeenLaterThan(look.truth) && !isStoreLost && !excuses(look.truth.began())) {
        fault(observed.name() + " is judged by " + owner + " on a look that another has overtaken");
      }
      boolean mayAct = stopRules.mayAct(cluster);
      Function<TrueJob, Answer> judged =
          job -> mayAct ? stopRules.forbids(recorded, cluster, data, job) : Answer.NO;
      Function<TrueJob, Answer> before = observed.judge(judged);
      List<BudgetCount.Turn> turns = new ArrayList<>();
      boolean isForbidden = look.truth.runs(data);
      for (TrueJob job : look.truth.running(data)) {
        Answer forbidden = judged.apply(job);
        isForbidden &= forbidden == Answer.YES;
        turns.add(new BudgetCount.Turn(job, forbidden, before));
      }
      budget.looked(cluster, data, turns, look.truth.began(), editedAt);
      observed.add(look.truth, isForbidden, editedAt);
    }
    return look;
  }

  /** A process reads what is remembered of a cluster, to decide by it. */
  void loaded(String owner, String cluster) {
    Look look = lookOf(owner, cluster);
    if (look != null) {
      look.loaded = writes.getOrDefault(cluster, 0);
      look.ended = time.now();
    }
  }

  /**
   * Judges a permit at the moment that it is granted.
   *
   * @param permit null where the process does not learn that it has one
   * @param asked when the process asked for it
   */
  void permitted(
      PermitRequest request, @Nullable Permit permit, boolean isRecorded, Instant asked) {
    String owner = request.actor().leaseOwner();
    expectedPolicies.seenBy(owner);
    String cluster = request.record().cluster();
    Statement statement = request.statement();
    String what = statement.sql() + " on " + cluster + " by " + owner;
    if (permit != null) {
      open.put(permit, owner);
    }
    if (!isRecorded || request.entry().statement() != statement) {
      fault(what + " has no record");
    }
    if (isStoreLost) {
      fault(what + " although the store is unreadable");
    }
    if (isDisarmedAt(cluster, request.now().wall())) {
      fault(what + " although disarmed");
    }
    if (expectedPolicies.lacks(cluster)) {
      fault(what + " although the configuration lacks it");
    }
    if (!stopRules.mayAct(cluster)) {
      fault(what + " although the configuration only observes it");
    }
    judgeLease(owner, request, asked, what);
    Look look = lookOf(owner, cluster);
    if (look == null || isBlind(look, cluster, statement.kind(), Leaning.SURELY)) {
      fault(what + " without a look that showed it");
      return;
    }
    if (look.loaded != writes.getOrDefault(cluster, 0)) {
      fault(what + " by a memory that another has written since it was read");
    }
    written(owner, cluster);
    look.loaded = writes.merge(cluster, 1, Integer::sum);
    if (!expectedPolicies.hasReadAll(owner, asked)) {
      fault(what + " by files that have changed since they were read");
    }
    if (!look.used.add(statement.kind())) {
      fault(what + " is the second statement on one look");
    }
    takeForWhole(look, cluster, statement.kind());
    judge(cluster, statement, look.truth, asked, what);
  }

  private void judgeLease(String owner, PermitRequest request, Instant asked, String what) {
    String cluster = request.record().cluster();
    Duration length = request.term().length();
    Lease held = leases.get(cluster);
    if (held != null
        && !held.owner().equals(owner)
        && time.now().isBefore(held.until())
        && !excuses(held.until().minus(length))) {
      fault(what + " while " + held + " acts on it");
    }
    leases.put(cluster, new Lease(owner, asked.plus(length)));
  }

  private void judge(
      String cluster, Statement statement, TrueState seen, Instant asked, String what) {
    ObservedKind observed = observed(cluster, statement.kind());
    String why = stopRules.objection(cluster, statement, seen, observed.begun());
    if (!why.isEmpty()) {
      fault(what + ": " + why + "; begun " + observed.begun() + "; " + expectedPolicies.shown());
    }
    String early =
        pace.objection(
            cluster, statement, observed, expectedPolicies.editedAt(cluster), time.now());
    if (!early.isEmpty()) {
      fault(what + " " + early);
    }
    boolean data = observed.isData();
    // A window of what was in force before may have ended a job by the time before the jump.
    boolean isUnsure = shape.limits().isLimited() && stopRules.hasJustJumped();
    List<TrueJob> counted =
        seen.running(data).stream()
            .filter(job -> !isUnsure && !stopRules.isByApproval(cluster, data, job))
            .toList();
    Instant edited = expectedPolicies.editedAt(cluster);
    Instant changed = stopRules.changedAt().isAfter(edited) ? stopRules.changedAt() : edited;
    Instant seenAt = observed.firstFrom(changed);
    if (budget.isExceededBy(cluster, data, counted, seenAt, this)) {
      fault(what + " is more than an hour may see of newly stopped clusters");
    }
    observed.permitted(statement, seen, asked, time.now());
  }

  boolean isDisarmed(String cluster) {
    return isDisarmedAt(cluster, time.wall());
  }

  private boolean isDisarmedAt(String cluster, Instant wall) {
    return Stream.of(cluster, "*")
        .filter(disarmed::containsKey)
        .anyMatch(
            name -> {
              Instant until = disarmed.get(name);
              return until == null || wall.isBefore(until);
            });
  }

  /** On its way it may take what the network wants, or what others do meanwhile. */
  private void judgeAge(String owner, Permit permit) {
    Look look = lookOf(owner, permit.cluster());
    if (look == null || Duration.between(look.ended, time.now()).compareTo(FRESH) > 0) {
      String lookedAt = look == null ? "never" : look.truth.at().toString();
      fault(
          "%s for %s on a look that is too old: %s"
              .formatted(permit.statement().sql(), permit.cluster(), lookedAt));
    }
  }

  private void sending(String owner, Permit permit, VirtualCluster server, TenantId tenant) {
    String what = permit.statement().sql() + " for " + permit.cluster();
    if (!owner.equals(open.remove(permit))) {
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
    Look look = lookOf(owner, permit.cluster());
    Instant lookedAt = look == null ? Instant.EPOCH : look.truth.at();
    counts.sent(permit.statement(), Duration.between(lookedAt, time.now()));
    ObservedKind.Past past =
        observed(permit.cluster(), permit.statement().kind()).past(permit.statement());
    if (past != null) {
      past.reached();
    }
  }

  /** Judges the states that a report shows. */
  void recorded(String owner, Report report) {
    expectedPolicies.seenBy(owner);
    writes.merge(report.cluster(), 1, Integer::sum);
    Look look = report.observedAt() == null ? null : written(owner, report.cluster());
    for (KindPlan plan : report.plan().kinds()) {
      ObservedKind observed = observed(report.cluster(), plan.kind());
      boolean isBlind =
          look != null && isBlind(look, report.cluster(), plan.kind(), Leaning.SURELY);
      if (look != null && !isBlind && plan.state() != State.UNKNOWN) {
        takeForWhole(look, report.cluster(), plan.kind());
      }
      states.judge(report.cluster(), plan, observed, isBlind);
      Vetoes.of(plan).ifPresent(counts::vetoed);
      if (expectedPolicies.isBehind(report.cluster())) {
        observed.expectNoReturns();
      }
      observed.shown(owner, plan.state(), time.now());
    }
  }

  /** Says what has not come to where it should in the end; empty where everything has. */
  List<String> objections(List<Report> reports, BudgetHolds holds) {
    expectedPolicies.seenBy(World.DAEMON.leaseOwner());
    List<String> objections = new ArrayList<>();
    expected.forEach(
        (cluster, server) -> objections.addAll(states.objections(cluster, server, reports, holds)));
    return objections;
  }

  /** Tells since when an edit of a cluster waits for its budget; null where none does. */
  interface BudgetHolds {
    @Nullable Instant since(String cluster);
  }
}
