package dev.backstop.command;

import dev.backstop.policy.FileState;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Disarming;
import dev.backstop.state.Report;
import java.util.List;

/**
 * Holds what commands show of clusters, policies and holds.
 *
 * @param reports one a cluster, sorted by name
 * @param policies what is known of the policy folder
 * @param held what waits for a person on these clusters
 * @param disarmings what a person disarmed, ended ones excepted
 * @param invalidFiles mistakes of policy files, {@code file:line:column: message}
 * @param notes what a person has to know beside it, a line each
 * @param unread what lies in the policy folder and is not read
 * @param awaitingStart keys of the configuration that the daemon takes over at its next start
 */
public record Overview(
    List<Report> reports,
    PolicyRegistry policies,
    List<HeldSet> held,
    List<Disarming> disarmings,
    List<String> invalidFiles,
    List<String> notes,
    List<UnreadEntry> unread,
    List<String> awaitingStart) {

  /** Holds all that beside which nothing is to be said. */
  public Overview(
      List<Report> reports,
      PolicyRegistry policies,
      List<HeldSet> held,
      List<Disarming> disarmings,
      List<String> invalidFiles) {
    this(reports, policies, held, disarmings, invalidFiles, List.of(), List.of(), List.of());
  }

  /** Holds what is known of a configuration of which nothing waits for a start. */
  public Overview(
      List<Report> reports,
      PolicyRegistry policies,
      List<HeldSet> held,
      List<Disarming> disarmings,
      List<String> invalidFiles,
      List<String> notes,
      List<UnreadEntry> unread) {
    this(reports, policies, held, disarmings, invalidFiles, notes, unread, List.of());
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

  /** Tells whether a policy file that concerns these clusters, or may, is invalid. */
  public boolean hasInvalidPolicy() {
    return reports.stream()
        .map(Report::cluster)
        .anyMatch(
            cluster ->
                !policies.straysOn(cluster).isEmpty()
                    || policies.ofCluster(cluster).stream()
                        .anyMatch(known -> known.presence() == FileState.BROKEN));
  }
}
