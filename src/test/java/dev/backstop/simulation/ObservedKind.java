package dev.backstop.simulation;

import dev.backstop.observation.Kind;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Is what was seen of one kind on one cluster, and what was permitted for it, in true time. */
final class ObservedKind {

  static final Duration SECOND_LOOK = Duration.ofSeconds(2);
  private static final Duration DAY = Duration.ofHours(24);
  private static final int KEPT = 1200;

  private final String cluster;
  private final Kind kind;
  private final JobAges ages;
  private final List<TrueState> looks = new ArrayList<>();
  private final Map<Statement, Past> past = new EnumMap<>(Statement.class);
  private final List<Instant> returns = new ArrayList<>();
  private final List<Instant> sureReturns = new ArrayList<>();
  private Instant blindAt = Instant.EPOCH;
  private @Nullable Instant begun;
  private @Nullable State shown;
  private Function<TrueJob, Answer> judged = job -> Answer.NO;
  private Instant shownAt = Instant.EPOCH;
  private String shownBy = "";
  private Instant handedOverAt = Instant.EPOCH;
  private @Nullable Refusal refusal;
  private boolean isUnsupported;

  /** Is the last statement of its sort. */
  static final class Past {
    private final Instant granted;
    private final TrueState seen;
    private Instant at;
    private boolean reached;
    private boolean seenOff;
    private boolean returned;

    Past(Instant asked, Instant granted, TrueState seen) {
      this.at = asked;
      this.granted = granted;
      this.seen = seen;
    }

    Instant at() {
      return at;
    }

    TrueState seen() {
      return seen;
    }

    /** What never leaves is waited for from when it was asked for. */
    void reached() {
      at = granted;
      reached = true;
    }
  }

  /** Is a lasting refusal; it is known to the daemon once it is written down. */
  private record Refusal(
      String owner, Statement statement, Instant at, @Nullable TrueState seen, boolean known) {}

  ObservedKind(String cluster, Kind kind, JobAges ages) {
    this.cluster = cluster;
    this.kind = kind;
    this.ages = ages;
  }

  /** Returns since when its jobs have been seen. */
  JobAges ages() {
    return ages;
  }

  String name() {
    return cluster + " " + kind.word();
  }

  boolean isData() {
    return kind == Kind.DATA;
  }

  /**
   * Is what a copy of the store remembers of it.
   *
   * @param looks what was seen until then
   * @param blindAt when something was last hidden
   * @param begun when the stop under way began; null where none is
   * @param shown the state last shown; null where none was
   * @param judged what the policies of the last look say of a job
   */
  record Kept(
      List<TrueState> looks,
      Instant blindAt,
      @Nullable Instant begun,
      @Nullable State shown,
      Function<TrueJob, Answer> judged) {

    /** Is what an empty store remembers. */
    static final Kept NOTHING = new Kept(List.of(), Instant.EPOCH, null, null, job -> Answer.NO);

    Kept {
      looks = List.copyOf(looks);
    }
  }

  Kept kept() {
    return new Kept(looks, blindAt, begun, shown, judged);
  }

  /** Goes on with what another store remembers, and forgets what it can't know. */
  void goOnWith(Kept kept) {
    looks.clear();
    looks.addAll(kept.looks());
    past.clear();
    sureReturns.clear();
    blindAt = kept.blindAt();
    begun = kept.begun();
    shown = kept.shown();
    judged = kept.judged();
    refusal = null;
  }

  void blind(Instant at) {
    blindAt = at;
  }

  Instant blindAt() {
    return blindAt;
  }

  void unsupported(boolean is) {
    isUnsupported = is;
  }

  /** Returns whether the last look met a server that is too new. */
  boolean isUnsupported() {
    return isUnsupported;
  }

  /**
   * Takes in what the policies say of a job at a look; returns what they said at the one before.
   *
   * <p>An edit is measured against that, and against a copy's own last look after its restore.
   */
  Function<TrueJob, Answer> judge(Function<TrueJob, Answer> now) {
    Function<TrueJob, Answer> before = judged;
    judged = now;
    return before;
  }

  /** Takes in a look that is written down; tells whether it shows that something came back. */
  void add(TrueState seen, boolean isForbidden, Instant editedAt) {
    looks.add(seen);
    if (looks.size() > KEPT) {
      looks.subList(0, KEPT / 2).clear();
    }
    if (!seen.runs(isData())) {
      refusal = null;
    }
    for (Map.Entry<Statement, Past> entry : past.entrySet()) {
      Past last = entry.getValue();
      last.seenOff |= !seen.flag();
      if (last.returned || !isBack(entry.getKey(), last, seen)) {
        continue;
      }
      last.returned = true;
      boolean isSure = isForbidden && last.reached && last.at.isAfter(editedAt);
      returns.add(seen.began());
      if (isSure) {
        sureReturns.add(seen.began());
      }
    }
  }

  /** A process that goes by older policies may take what it saw for an edit. */
  void expectNoReturns() {
    past.values().forEach(last -> last.returned = true);
  }

  private static boolean isBack(Statement statement, Past last, TrueState seen) {
    return statement == Statement.STOP_ARCHIVELOG
        ? last.seenOff && seen.flag()
        : seen.highest(statement) > last.seen.highest(statement);
  }

  /** Returns whether the last looks agree that nothing runs. */
  boolean isQuietTwice() {
    if (looks.isEmpty()) {
      return false;
    }
    Instant last = last().began();
    for (int i = looks.size() - 1; i >= 0; i--) {
      TrueState one = looks.get(i);
      if (one.runs(isData()) || one.began().isBefore(blindAt)) {
        return false;
      }
      if (!one.began().plus(SECOND_LOOK).isAfter(last)) {
        return true;
      }
    }
    return false;
  }

  /** Returns since when the last looks agree that nothing runs and nothing was hidden. */
  Instant quietSince() {
    Instant since = Instant.MAX;
    for (int i = looks.size() - 1; i >= 0; i--) {
      TrueState one = looks.get(i);
      if (one.runs(isData()) || one.leftBehind() || !one.began().isAfter(blindAt)) {
        break;
      }
      since = one.began();
    }
    return since;
  }

  /** Returns when it was last looked at before that; the beginning of time where it was not. */
  Instant lastBefore(Instant moment) {
    Instant last = Instant.EPOCH;
    for (TrueState one : looks) {
      if (one.began().isBefore(moment)) {
        last = one.began();
      }
    }
    return last;
  }

  /** Returns when it was first looked at from then on; then itself where it was not. */
  Instant firstFrom(Instant moment) {
    return looks.stream()
        .map(TrueState::began)
        .filter(at -> !at.isBefore(moment))
        .findFirst()
        .orElse(moment);
  }

  List<TrueState> looks() {
    return looks;
  }

  /** Returns whether a look that began later is written down already. */
  boolean hasSeenLaterThan(TrueState seen) {
    return !looks.isEmpty() && last().began().isAfter(seen.began());
  }

  TrueState last() {
    return looks.get(looks.size() - 1);
  }

  @Nullable Past past(Statement statement) {
    return past.get(statement);
  }

  void permitted(Statement statement, TrueState seen, Instant asked, Instant now) {
    past.put(statement, new Past(asked, now, seen));
    refusal = null;
    if (begun == null) {
      begun = now;
    }
  }

  @Nullable Instant begun() {
    return begun;
  }

  void refused(String owner, Statement statement, Instant now) {
    Past last = past.get(statement);
    refusal = new Refusal(owner, statement, now, last == null ? null : last.seen, false);
  }

  /** Another cycle begins: a refusal that was not written down by now is lost. */
  void forgetUnwritten() {
    Refusal last = refusal;
    if (last != null && !last.known()) {
      refusal = null;
    }
  }

  /** Returns whether the server refused for good after that moment. */
  boolean isRefusedSince(Instant moment) {
    Refusal last = refusal;
    return last != null && last.at().isAfter(moment);
  }

  /** Returns whether a refusal of that statement still stands: nothing has changed since. */
  boolean isRefused(Statement statement, TrueState seen, Instant editedAt) {
    Refusal last = refusal;
    return last != null
        && last.known()
        && last.statement() == statement
        && last.seen() != null
        && last.seen().isLike(seen, isData())
        && last.at().isAfter(editedAt);
  }

  void shown(String owner, State state, Instant now) {
    shown = state;
    shownAt = now;
    // A deletion that counted by a clock that is ahead lets even two quiet looks prove nothing yet.
    if (state != State.STOPPING && isQuietTwice()) {
      begun = null;
    }
    if (!owner.equals(shownBy)) {
      shownBy = owner;
      handedOverAt = now;
    }
    if (state == State.UNMANAGED) {
      // What was seen while nothing was to be proven proves nothing later, nor does a stop go on.
      blindAt = now;
      begun = null;
      ages.blur();
    }
    Refusal last = refusal;
    if (last != null && last.owner().equals(owner)) {
      refusal = new Refusal(owner, last.statement(), last.at(), last.seen(), true);
    }
  }

  @Nullable State shown() {
    return shown;
  }

  Instant shownAt() {
    return shownAt;
  }

  /** Returns when a process last wrote after another one, whose files may have been others. */
  Instant handedOverAt() {
    return handedOverAt;
  }

  /** Lists the returns of the last day that a daemon must have noticed since an edit. */
  List<Instant> sureReturns(Instant editedAt, Instant now) {
    return sureReturns.stream()
        .filter(at -> at.isAfter(editedAt) && at.plus(DAY).isAfter(now))
        .toList();
  }

  /** Counts every return that a daemon may have noticed. */
  int returns() {
    return returns.size();
  }
}
