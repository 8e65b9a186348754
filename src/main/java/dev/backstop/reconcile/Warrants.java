package dev.backstop.reconcile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a person's command needs that acts over several statements: the daemon never asks.
 *
 * <p>Every method that writes is one transaction and may throw {@link StoreException}, after which
 * nothing of the call has happened.
 */
public interface Warrants {

  /**
   * Takes or prolongs the lease of a cluster, where no disarming holds and it is free, ended or the
   * actor's own, and tells history.
   */
  Answer occupy(Actor actor, String cluster, List<HistoryEntry> entries, LeaseTerm term);

  /** Grants a warrant on the same terms, where the cluster's last one is the one known. */
  Answer grant(WarrantRequest request);

  /** Records the outcome of a warranted statement. */
  void settle(Warrant warrant, Outcome outcome, HistoryEntry entry);

  /** Returns the cluster's last warrant, whatever became of it. */
  Optional<WarrantRecord> last(String cluster);

  /** Names why something is not granted. */
  enum Obstacle {
    NONE,
    /** A person disarmed the cluster. */
    DISARMED,
    /** Somebody else acts on the cluster; that ends by itself. */
    LEASED,
    /** There is a warrant that the decision did not know. */
    OUTDATED
  }

  /**
   * Answers what was asked.
   *
   * @param warrant null where none was asked for or granted
   * @param obstacle what is in the way
   * @param words the same in words; empty for NONE
   */
  record Answer(@Nullable Warrant warrant, Obstacle obstacle, String words) {

    /** Grants what was asked. */
    public static Answer granted(@Nullable Warrant warrant) {
      return new Answer(warrant, Obstacle.NONE, "");
    }

    /** Refuses it. */
    public static Answer refused(Obstacle obstacle, String words) {
      return new Answer(null, obstacle, words);
    }

    /** Tells whether it was granted. */
    public boolean isGranted() {
      return obstacle == Obstacle.NONE;
    }
  }
}
