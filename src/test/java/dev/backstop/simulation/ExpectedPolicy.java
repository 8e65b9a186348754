package dev.backstop.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Is what the referee holds of one policy on one of its clusters, by what the daemon was shown of
 * it.
 *
 * @param spec the last version that counted, on the one cluster that this is of
 * @param text its file's, when that was last good
 * @param file where it was last seen
 * @param doubtSince since when its file is broken or changing; null where it is not
 * @param goneSince since when its file is gone, as scans saw it; null where it is not
 * @param mustBeHeld whether something happened for which the deletion waits for a person
 * @param mayBeHeld whether something happened for which it may have to wait
 * @param countedAt since when its deletion counts; null where it does not
 * @param dataDue whether its deletion has yet to be proven for data
 * @param logDue whether its deletion has yet to be proven for log
 * @param approved whether a person let its deletion count
 * @param goodUntil since when its file is not as it was when it was last good, broken and then gone
 *     included; null while it is good, and once its deletion counts
 */
record ExpectedPolicy(
    FileContent.PolicySpec spec,
    String text,
    String file,
    @Nullable Instant doubtSince,
    @Nullable Instant goneSince,
    boolean mustBeHeld,
    boolean mayBeHeld,
    @Nullable Instant countedAt,
    boolean dataDue,
    boolean logDue,
    boolean approved,
    @Nullable Instant goodUntil) {

  /**
   * Returns a policy on one of its clusters by a file that is good.
   *
   * @param written what the file says, of all clusters that it names
   */
  static ExpectedPolicy good(FileContent.PolicySpec written, String cluster, String file) {
    return new ExpectedPolicy(
        written.on(cluster),
        written.content().text(),
        file,
        null,
        null,
        false,
        false,
        null,
        false,
        false,
        false,
        null);
  }

  /** Names a policy on a cluster. */
  static String key(String name, String cluster) {
    return name + " on " + cluster;
  }

  String key() {
    return key(spec.name(), spec.cluster());
  }

  private Instant goodUntil(Instant now) {
    return goodUntil == null ? now : goodUntil;
  }

  private ExpectedPolicy saying(FileContent.PolicySpec other) {
    return new ExpectedPolicy(
        other,
        text,
        file,
        doubtSince,
        goneSince,
        mustBeHeld,
        mayBeHeld,
        countedAt,
        dataDue,
        logDue,
        approved,
        goodUntil);
  }

  boolean counted() {
    return countedAt != null;
  }

  boolean isDue(boolean data) {
    return data ? dataDue : logDue;
  }

  ExpectedPolicy doubted(Instant now, String seenIn) {
    Instant since = doubtSince == null ? now : doubtSince;
    return new ExpectedPolicy(
        spec, text, seenIn, since, null, false, false, null, false, false, false, goodUntil(now));
  }

  ExpectedPolicy gone(Instant now, boolean mustHold, boolean mayHold) {
    Instant since = goneSince == null ? now : goneSince;
    boolean must = mustBeHeld || mustHold;
    boolean may = mayBeHeld || mayHold || must;
    Instant good = counted() ? null : goodUntil(now);
    return new ExpectedPolicy(
        spec, text, file, null, since, must, may, countedAt, dataDue, logDue, approved, good);
  }

  ExpectedPolicy counting(Instant now, boolean byPerson) {
    return new ExpectedPolicy(
        spec, text, file, null, goneSince, false, false, now, true, true, byPerson, null);
  }

  /** Returns a deletion that counted and is held since; no stop that began before goes on. */
  ExpectedPolicy heldAgain() {
    return new ExpectedPolicy(
        spec, text, file, null, goneSince, true, true, null, false, false, false, Instant.EPOCH);
  }

  /** Returns it as one that only observes. */
  ExpectedPolicy observed() {
    return saying(spec.observing(true));
  }

  ExpectedPolicy due(boolean data, boolean log) {
    return data == dataDue && log == logDue
        ? this
        : new ExpectedPolicy(
            spec,
            text,
            file,
            doubtSince,
            goneSince,
            mustBeHeld,
            mayBeHeld,
            countedAt,
            data,
            log,
            approved,
            goodUntil);
  }

  /** Returns since when the file is not what the version says; null where it is. */
  @Nullable Instant inDoubtSince() {
    return goneSince == null ? doubtSince : goneSince;
  }

  boolean isInDoubtAfter(Instant moment) {
    Instant since = inDoubtSince();
    return since != null && since.isAfter(moment);
  }

  /** Returns whether an on of it speaks for an owner's jobs. */
  private boolean coversOn(long owner) {
    return owner == 1 || spec.tenants().isEmpty() || spec.names(owner);
  }

  /** Returns whether an off of it speaks against an owner's jobs. */
  boolean coversOff(long owner) {
    return spec.tenants().isEmpty() || (owner != 1 && spec.names(owner));
  }

  /**
   * Returns whether it permits a job, limits aside: until its deletion counts, that of its file
   * does.
   */
  boolean isOnFor(boolean data, TrueJob job) {
    return !counted() && spec.isOn(data) && coversOn(job.owner());
  }

  /** Returns since when its file is not ground enough for a stop that begins; null where it is. */
  @Nullable Instant groundlessSince() {
    return counted() ? null : goodUntil;
  }
}
