package dev.backstop.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.PlanInput.ExpectedIdentity;
import dev.backstop.plan.PlanInput.Restrictions;
import dev.backstop.policy.DeletionGuard;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FolderContext;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Policy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.testing.Looks;
import dev.backstop.testing.MovedClock;
import dev.backstop.testing.Policies;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A film of one cluster {@code c1}: files change, time passes, looks are taken; what the plan says
 * is sent and answered, and the record goes on from there.
 */
final class Story {

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  final MovedClock clock = new MovedClock(START);
  ClusterRecord record = ClusterRecord.none("c1");
  PolicyRegistry registry = PolicyRegistry.EMPTY;
  @Nullable ExpectedIdentity expect = new ExpectedIdentity("c1", 1);
  boolean confObserves;
  boolean admits = true;
  Restrictions restrictions = Restrictions.NONE;
  SentStatement.Result answer = SentStatement.Result.ACCEPTED;
  String answerWords = "";
  private Duration answerTakes = Duration.ZERO;

  private TimelineInstant lookedAt = clock.timeline();

  private final Planner planner;
  private final Map<String, FoundFile> files = new TreeMap<>();

  private Story(Planner planner) {
    this.planner = planner;
  }

  static Story with(Policies... policies) {
    return directedBy(new Planner(), policies);
  }

  /** Begins with one policy that says off. */
  static Story off() {
    return with(Policies.policy("hz").off());
  }

  static Story directedBy(Planner planner, Policies... policies) {
    Story story = new Story(planner);
    for (Policies policy : policies) {
      story.write(policy);
    }
    return story;
  }

  /** Writes a policy's file, new or edited. */
  Story write(Policies builder) {
    Policy policy = builder.build();
    files.put(policy.name(), FoundFile.good(policy.name() + ".yaml", policy));
    return this;
  }

  Story delete(String policy) {
    files.remove(policy);
    return this;
  }

  /** Lets a person release a deletion, which counts from now on. */
  Story approve(String policy) {
    registry = registry.with(registry.ofName(policy).get(0).deletionEffective(timeline(), true));
    return this;
  }

  /** Lets a deletion count, as of the beginning of the scan that found its grace over. */
  Story counts(String policy, TimelineInstant scanned) {
    registry = registry.with(registry.ofName(policy).get(0).deletionEffective(scanned, false));
    return this;
  }

  /** Breaks a file so far that only its name and cluster can be read. */
  Story spoil(String policy) {
    return spoil(policy, "3:1: broken");
  }

  Story spoil(String policy, String problem) {
    files.put(policy, FoundFile.broken(policy + ".yaml", policy, "c1", problem));
    return this;
  }

  /** Writes a file of which not even the name can be read. */
  Story litter(String file) {
    files.put(file, FoundFile.broken(file + ".yaml", null, null, "1:1: broken"));
    return this;
  }

  /** Lets a file change under the reader's eyes. */
  Story unsettle(String policy) {
    files.put(policy, FoundFile.unsettled(policy + ".yaml"));
    return this;
  }

  Story pass(Duration time) {
    clock.advance(time);
    return this;
  }

  /** Puts the clock forward or back. */
  Story clockJumps(Duration by) {
    clock.jump(by);
    return this;
  }

  Story seconds(long seconds) {
    return pass(Duration.ofSeconds(seconds));
  }

  Story answering(SentStatement.Result result, String words) {
    answer = result;
    answerWords = words;
    return this;
  }

  /** Lets each answer take so long that time passes within the cycle. */
  Story answeringAfter(Duration time) {
    answerTakes = time;
    return this;
  }

  Story disarmed() {
    restrictions =
        new Restrictions("disarmed by kim: maintenance", "backstop arm c1", null, List.of(), false);
    return this;
  }

  Instant now() {
    return clock.instant();
  }

  TimelineInstant timeline() {
    return clock.timeline();
  }

  /** Looks every two seconds for so long, at the same sight; nothing may be sent meanwhile. */
  Step watch(Duration time, Looks sight) {
    Instant end = now().plus(time);
    Step last = look(sight).sends();
    while (now().isBefore(end)) {
      last = seconds(2).look(sight).sends();
    }
    return last;
  }

  /** Scans, looks, plans, sends and remembers as one cycle does. */
  Step look(Looks sight) {
    scan();
    return lookByThisRegistry(sight);
  }

  /** Does the same by what was read of the files before. */
  Step lookByThisRegistry(Looks sight) {
    lookedAt = timeline();
    Observation seen = sight.at(now());
    record = JobSightings.update(input(seen));
    boolean returned = false;
    Map<Kind, Duration> proven = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      OutcomeTracker tracker = OutcomeTracker.of(input(seen), kind);
      record = record.with(kind, tracker.stopRecord());
      returned |= tracker.returned();
      if (tracker.provenAfter() != null) {
        proven.put(kind, tracker.provenAfter());
      }
    }
    record = Budget.settle(input(seen), () -> admits);
    Plan plan = planner.plan(input(seen));
    assertStatesOfTheTable(plan, input(seen));
    List<Statement> sent = plan.statements();
    sent.forEach(statement -> send(statement, seen));
    Plan shown = sent.isEmpty() ? plan : planner.plan(input(seen));
    for (KindPlan kind : shown.kinds()) {
      record =
          record.with(kind.kind(), record.stopRecord(kind.kind()).showing(kind.state(), now()));
    }
    release(shown);
    return new Step(shown, sent, proven, returned);
  }

  /** Every state is one that the row which decides may give, and only the last row sends. */
  private void assertStatesOfTheTable(Plan plan, PlanInput input) {
    for (Kind kind : Kind.values()) {
      KindPlan one = plan.kind(kind);
      KindInput of = KindInput.of(input, kind);
      DecisionRule rule =
          Arrays.stream(DecisionRule.values())
              .filter(row -> row.decide(of, planner.guards).isPresent())
              .findFirst()
              .orElseThrow();
      assertThat(rule.states()).as("row %s", rule).contains(one.state());
      assertThat(one.statement() != null).as("row %s", rule).isEqualTo(rule == DecisionRule.DUE);
    }
  }

  void scan() {
    FolderScan scan =
        new FolderScan(
            clock.read(),
            new Directory(Access.READABLE, "d1", false, ""),
            List.copyOf(files.values()));
    FolderContext context =
        new FolderContext(
            new DeletionSettings(
                Duration.ofSeconds(30),
                Set.of("c1", "c2"),
                confObserves || expect == null ? Set.of("c1") : Set.of()),
            null);
    PolicyRegistry ruled = DeletionGuard.decide(registry, scan, context).registry();
    registry = ruled;
  }

  private PlanInput input(Observation seen) {
    PlanInput.DesiredState desired =
        new PlanInput.DesiredState(
            registry.ofCluster("c1"),
            registry.straysOn("c1"),
            expect,
            confObserves,
            Duration.ofSeconds(30));
    return new PlanInput("c1", desired, seen, lookedAt, record, restrictions, clock.read());
  }

  Budget budget(Looks sight) {
    lookedAt = timeline();
    return Budget.of(input(sight.at(now())));
  }

  private void send(Statement statement, Observation seen) {
    Kind kind = statement.kind();
    SentStatement sent = SentStatement.open(statement, seen, timeline());
    boolean leftovers = statement.object() == JobObject.ARCHIVELOG && !seen.isArchiveRunning();
    StopRecord before = record.stopRecord(kind);
    record = record.with(kind, before.sending(sent, leftovers));
    pass(answerTakes);
    if (answer == SentStatement.Result.OPEN) {
      return;
    }
    if (answer == SentStatement.Result.NOT_SENT) {
      record = record.with(kind, before.notSent(sent, answerWords));
      return;
    }
    String context = planner.refusalContext(input(seen), kind);
    record =
        record.with(
            kind,
            record.stopRecord(kind).answered(statement, answer, answerWords, context, timeline()));
  }

  private void release(Plan plan) {
    for (Plan.Release release : plan.releases()) {
      KnownPolicy known = registry.ofName(release.policy()).get(0);
      registry = known.without(release.kind()).map(registry::with).orElse(registry.without(known));
    }
  }

  /** What one cycle led to; {@code plan} is the one shown at its end. */
  record Step(Plan plan, List<Statement> sent, Map<Kind, Duration> proven, boolean returned) {

    Step sends(Statement... statements) {
      assertThat(sent).as("%s", plan).containsExactly(statements);
      return this;
    }

    Step data(State state, ReasonCode code) {
      return shows(Kind.DATA, state, code);
    }

    Step log(State state, ReasonCode code) {
      return shows(Kind.LOG, state, code);
    }

    private Step shows(Kind kind, State state, ReasonCode code) {
      assertThat(plan.kind(kind))
          .extracting(KindPlan::state, one -> one.reason().code())
          .as("%s", plan.kind(kind))
          .containsExactly(state, code);
      return this;
    }

    Step says(Kind kind, String... words) {
      Reason reason = plan.kind(kind).reason();
      assertThat(reason.words() + " | " + reason.release()).contains(words);
      return this;
    }

    Step proves(Kind... kinds) {
      assertThat(proven).containsOnlyKeys(kinds);
      return this;
    }

    Step provesAfter(Kind kind, Duration took) {
      assertThat(proven).containsExactly(Map.entry(kind, took));
      return this;
    }

    Step returns(boolean expected) {
      assertThat(returned).isEqualTo(expected);
      return this;
    }

    Step releases(Plan.Release... releases) {
      assertThat(plan.releases()).containsExactly(releases);
      return this;
    }
  }
}
