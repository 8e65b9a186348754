package dev.backstop.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Is what the referee holds of one policy name, by what the daemon was shown of it.
 *
 * @param draft the last version that counted
 * @param file where it was last seen
 * @param doubtSince since when its file is broken or changing; null where it is not
 * @param goneSince since when its file is gone, as scans saw it; null where it is not
 * @param mustBeHeld whether something happened for which the deletion waits for a person
 * @param counted whether its deletion counts
 */
record Memo(
    Paper.Draft draft,
    String file,
    @Nullable Instant doubtSince,
    @Nullable Instant goneSince,
    boolean mustBeHeld,
    boolean counted) {

  static Memo good(Paper.Draft draft, String file) {
    return new Memo(draft, file, null, null, false, false);
  }

  Memo doubted(Instant now) {
    Instant since = doubtSince == null ? now : doubtSince;
    return new Memo(draft, file, since, null, false, false);
  }

  Memo gone(Instant now, boolean hold) {
    Instant since = goneSince == null ? now : goneSince;
    return new Memo(draft, file, null, since, mustBeHeld || hold, counted);
  }

  Memo counting() {
    return new Memo(draft, file, null, goneSince, false, true);
  }

  /** Returns since when the file is not what the version says; null where it is. */
  @Nullable Instant inDoubtSince() {
    return goneSince == null ? doubtSince : goneSince;
  }
}
