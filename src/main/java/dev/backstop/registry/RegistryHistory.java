package dev.backstop.registry;

import dev.backstop.observation.Kind;
import dev.backstop.plan.Plan.Release;
import dev.backstop.policy.FolderDecision.FolderChange;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import java.time.Instant;

/** Builds the history entries of what became of policies. */
final class RegistryHistory {

  private final Actor actor;

  RegistryHistory(Actor actor) {
    this.actor = actor;
  }

  /** Returns the entry of an effective deletion that ended for a kind, or altogether. */
  HistoryEntry released(String cluster, Release release, boolean isForgotten, Instant now) {
    String words =
        switch (release.cause()) {
          case PROVEN -> "two looks agree that nothing the deleted policy forbids runs";
          case WOULD_STOP -> "the deletion was only observed: nothing was sent for it";
          case UNSUPPORTED -> "the server has no secondary backup any more";
        };
    if (isForgotten) {
      words +=
          """
          ; on cluster %s the policy is forgotten. Where no other policy names that cluster it is \
          unmanaged now: a policy that says off is what keeps it stopped\
          """
              .formatted(cluster);
    }
    Event event =
        release.cause() == Release.Cause.PROVEN ? Event.DELETION_PROVEN : Event.DELETION_WOULD_STOP;
    Kind kind = release.kind();
    return HistoryEntry.of(now, actor, cluster, kind, event, words).ofPolicy(release.policy());
  }

  /** Returns the entry of what a scan of the folder meant for a policy. */
  HistoryEntry changed(FolderChange change, Instant now) {
    Event event =
        switch (change.change()) {
          case ADDED -> Event.POLICY_ADDED;
          case EDITED -> Event.POLICY_EDITED;
          case BROKEN -> Event.POLICY_BROKEN;
          case MENDED -> Event.POLICY_MENDED;
          case INVALID -> Event.POLICY_INVALID;
          case INVALID_ENDED -> Event.POLICY_INVALID_ENDED;
          case DELETION_NOTICED -> Event.DELETION_NOTICED;
          case DELETION_WITHDRAWN -> Event.DELETION_WITHDRAWN;
          case DELETION_SUPERSEDED -> Event.DELETION_SUPERSEDED;
          case DELETION_HELD -> Event.DELETION_HELD;
          case DELETION_EFFECTIVE -> Event.DELETION_COUNTED;
          case DELETION_FORGOTTEN -> Event.DELETION_FORGOTTEN;
        };
    return HistoryEntry.of(now, actor, change.cluster(), change.policy(), event, change.words());
  }
}
