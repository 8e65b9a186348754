package dev.backstop.state;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Port to the permits of a person's command that acts over several statements; the daemon never
 * asks.
 *
 * <p>Every method that writes is one transaction and may throw {@link StoreException}, after which
 * nothing of the call was done.
 */
public interface ForcePermits {

  /**
   * Takes or prolongs the lease of a cluster, where no disarming holds and it is free, ended or the
   * actor's own, and adds to the history.
   */
  Answer occupy(Actor actor, String cluster, List<HistoryEntry> entries, LeaseTerm term);

  /** Grants a force permit on the same terms, where the cluster's last one is the one known. */
  Answer grant(ForcePermitRequest request);

  /** Records the outcome of a permitted statement. */
  void settle(ForcePermit forcePermit, Outcome outcome, HistoryEntry entry);

  /** Returns the cluster's last force permit, whatever became of it. */
  Optional<ForcePermitRecord> last(String cluster);

  /** Names why something is not granted. */
  enum ActionBlock {
    NONE,
    /** A person disarmed the cluster. */
    DISARMED,
    /** Somebody else acts on the cluster; that ends by itself. */
    LEASED,
    /** There is a force permit that the decision did not know. */
    OUTDATED
  }

  /**
   * Answers what was asked.
   *
   * @param forcePermit null where none was asked for or granted
   * @param block what is in the way
   * @param words the same in words; empty for NONE
   */
  record Answer(@Nullable ForcePermit forcePermit, ActionBlock block, String words) {

    /** Grants what was asked. */
    public static Answer granted(@Nullable ForcePermit forcePermit) {
      return new Answer(forcePermit, ActionBlock.NONE, "");
    }

    /** Refuses it. */
    public static Answer refused(ActionBlock block, String words) {
      return new Answer(null, block, words);
    }

    /** Returns whether it was granted. */
    public boolean isGranted() {
      return block == ActionBlock.NONE;
    }
  }
}
