package dev.backstop.command;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Disarming;
import dev.backstop.state.Report;
import java.util.List;

/**
 * Immutable snapshot of clusters, policies and held sets, as commands show it.
 *
 * @param reports one a cluster, sorted by name
 * @param policies the known policies
 * @param held the held sets of these clusters
 * @param disarmings the disarmings that have not ended
 * @param invalidFiles mistakes of policy files, {@code file:line:column: message}
 * @param notes further messages, a line each
 * @param unread what is in the policy folder and is not read
 * @param awaitingStart keys of the configuration that take effect at the next start
 * @param daemon what is wrong with the daemon that should look at the clusters; empty where it
 *     looks, or where nobody asked
 */
public record Overview(
    List<Report> reports,
    PolicyRegistry policies,
    List<HeldSet> held,
    List<Disarming> disarmings,
    List<String> invalidFiles,
    List<String> notes,
    List<UnreadEntry> unread,
    List<String> awaitingStart,
    String daemon) {

  /** Creates a snapshot without notes. */
  public Overview(
      List<Report> reports,
      PolicyRegistry policies,
      List<HeldSet> held,
      List<Disarming> disarmings,
      List<String> invalidFiles) {
    this(reports, policies, held, disarmings, invalidFiles, List.of(), List.of(), List.of(), "");
  }

  /** Creates a snapshot in which no key awaits a start. */
  public Overview(
      List<Report> reports,
      PolicyRegistry policies,
      List<HeldSet> held,
      List<Disarming> disarmings,
      List<String> invalidFiles,
      List<String> notes,
      List<UnreadEntry> unread) {
    this(reports, policies, held, disarmings, invalidFiles, notes, unread, List.of(), "");
  }

  /** Copies its lists. */
  public Overview {
    reports = List.copyOf(reports);
    held = List.copyOf(held);
    disarmings = List.copyOf(disarmings);
    invalidFiles = List.copyOf(invalidFiles);
    notes = List.copyOf(notes);
    unread = List.copyOf(unread);
    awaitingStart = List.copyOf(awaitingStart);
  }

  /** Returns whether a policy file that concerns these clusters, or may, is invalid. */
  public boolean hasInvalidPolicy() {
    return reports.stream()
        .map(Report::cluster)
        .anyMatch(
            cluster ->
                !policies.straysOn(cluster).isEmpty()
                    || policies.ofCluster(cluster).stream()
                        .anyMatch(known -> known.phase() == Phase.BROKEN));
  }
}
