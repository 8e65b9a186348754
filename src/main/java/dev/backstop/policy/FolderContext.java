package dev.backstop.policy;

import dev.backstop.timeline.TimelineInstant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a decision about the folder depends on besides the scan and the known policies.
 *
 * @param configured what the configuration says
 * @param startHold why every deletion that this scan notices is held: the first scan after a start
 *     whose last heartbeat is over 24 h old or in the future, or another host's files before; null
 *     where nothing of the start speaks against it
 * @param changing since when the files of some policies have been changing under the reader's eyes,
 *     which is not stored
 */
public record FolderContext(
    DeletionSettings configured,
    @Nullable HoldReason startHold,
    Map<String, TimelineInstant> changing) {

  /** Copies its collections. */
  public FolderContext {
    changing = Map.copyOf(changing);
  }

  /** Describes a decision before which no file was changing. */
  public FolderContext(DeletionSettings configured, @Nullable HoldReason startHold) {
    this(configured, startHold, Map.of());
  }
}
