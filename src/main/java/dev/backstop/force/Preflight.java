package dev.backstop.force;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.config.Settings;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import dev.backstop.oceanbase.ForceSession;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.policy.Mode;
import dev.backstop.state.Authorization;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks before the procedure, with every objection in the order of its weight.
 *
 * @param record what the store has on record
 * @param seen a look
 * @param destinations both destinations; null where they were not or could not be read
 * @param previous the forced end sent before, where it must not be sent again
 * @param objections what forbids to begin
 */
record Preflight(
    ForceRecord record,
    Observation seen,
    @Nullable BackupDestinations destinations,
    Optional<ForceRecord.PreviousForce> previous,
    List<Objection> objections) {

  Preflight {
    objections = List.copyOf(objections);
  }

  /**
   * A reason not to begin.
   *
   * @param yieldsToEvenSo whether {@code --even-so} overrules it
   */
  record Objection(ForceOutcome outcome, String words, boolean yieldsToEvenSo) {

    Objection(ForceOutcome outcome, String words) {
      this(outcome, words, false);
    }
  }

  /** Looks and checks; writes and sends nothing. */
  static Preflight check(
      Settings settings, ClusterSettings cluster, OceanBaseCluster reached, ForceRecord record) {
    List<Objection> objections = new ArrayList<>(configured(settings, cluster));
    if (record.disarming() != null) {
      objections.add(failed(Authorization.disarmed(record.disarming()).refusal()));
    }
    Observation seen = reached.look(Set.of());
    Expect expect = cluster.expect();
    Optional<Objection> blind =
        expect == null ? Optional.empty() : objectionTo(seen, expect, cluster.name());
    blind.ifPresent(objections::add);
    BackupDestinations destinations = null;
    if (expect != null && blind.isEmpty()) {
      try (ForceSession session = reached.openForceSession()) {
        destinations = BackupDestinations.read(session);
      } catch (ForceRefusedException e) {
        objections.add(new Objection(e.outcome(), String.valueOf(e.getMessage())));
      }
    }
    Optional<ForceRecord.PreviousForce> previous =
        Optional.ofNullable(destinations).flatMap(record::forbidding);
    if (blind.isEmpty() && previous.isEmpty()) {
      needsEvenSo(cluster.name(), seen, record.failedStop(seen))
          .ifPresent(words -> objections.add(new Objection(ForceOutcome.FAILED, words, true)));
    }
    if (!record.storeProblem().isEmpty()) {
      objections.add(failed(record.storeProblem()));
    }
    return new Preflight(record, seen, destinations, previous, objections);
  }

  private static List<Objection> configured(Settings settings, ClusterSettings cluster) {
    List<Objection> objections = new ArrayList<>();
    if (cluster.expect() == null) {
      objections.add(
          failed(
              "the cluster has no expect in %s, so nothing may be sent to it: add its name and id"
                  .formatted(settings.file())));
    }
    if (settings.mode() == Mode.OBSERVE) {
      objections.add(
          failed(
              "%s says mode: observe, so nothing is sent: say mode: enforce first"
                  .formatted(settings.file())));
    }
    return objections;
  }

  private static Objection failed(String words) {
    return new Objection(ForceOutcome.FAILED, words);
  }

  /** Returns why a look does not show all that must be known, of the right cluster. */
  static Optional<Objection> objectionTo(Observation seen, Expect expect, String cluster) {
    String more = "; backstop doctor -c " + cluster + " tells more";
    Optional<String> wrong =
        Optional.ofNullable(seen.identity()).flatMap(identity -> mismatch(identity, expect));
    if (wrong.isPresent()) {
      return wrong.map(words -> new Objection(ForceOutcome.WRONG_CLUSTER, words + more));
    }
    ServerVersion version = seen.version();
    Optional<String> unknown =
        seen.blindTo(Area.IDENTITY)
            .or(() -> seen.blindTo(Area.VERSION))
            .or(() -> seen.blindTo(Kind.DATA))
            .or(() -> seen.blindTo(Kind.LOG))
            .map(spot -> "the cluster can't be read, and unknown is never empty: " + spot.words());
    return (version != null && version.lacksSecondaryBackup()
            ? Optional.of("OceanBase " + version + " has no secondary backup: nothing to end")
            : unknown)
        .map(words -> new Objection(ForceOutcome.NOT_READABLE, words + more));
  }

  private static Optional<String> mismatch(Identity identity, Expect expect) {
    if (!identity.tenant().equals(TenantId.SYS)) {
      return Optional.of("the session is in tenant " + identity.tenant() + ", not in sys");
    }
    return identity.name().equals(expect.name()) && identity.id() == expect.id()
        ? Optional.empty()
        : Optional.of(
            "the server is cluster %s with id %s, expected %s with id %s; compare endpoints, user and expect"
                .formatted(identity.name(), identity.id(), expect.name(), expect.id()));
  }

  /** Returns why only {@code --even-so} begins; empty where a failed stop of what runs does. */
  static Optional<String> needsEvenSo(
      String cluster, Observation seen, Optional<String> failedStop) {
    if (seen.jobs(Kind.DATA).isEmpty() && seen.jobs(Kind.LOG).isEmpty()) {
      return Optional.of(
          "nothing of the secondary backup runs on "
              + cluster
              + ", so there is nothing that needs force: it would only end the primary backup."
              + " --even-so does it all the same");
    }
    return failedStop.isPresent()
        ? Optional.empty()
        : Optional.of(
            "no failed stop of what runs on "
                + cluster
                + " is on record (NOT_VERIFIED, REFUSED, or a statement unproven for 15 min)."
                + " Let the ordinary way fail first: a policy that says off, and backstop apply -c "
                + cluster
                + ". --even-so does without");
  }

  /** Throws the first objection that holds. */
  Preflight require(boolean evenSo) {
    objections.stream()
        .filter(one -> !(evenSo && one.yieldsToEvenSo()))
        .findFirst()
        .ifPresent(
            one -> {
              throw new ForceRefusedException(one.outcome(), one.words());
            });
    return this;
  }

  /** Returns both destinations of a check without objection. */
  BackupDestinations presentDestinations() {
    return Objects.requireNonNull(destinations);
  }

  /**
   * Returns what would be ended, what is needed after, and the command to type, line by line.
   *
   * @param command what to type, without {@code --even-so}
   */
  List<String> preview(String cluster, String command) {
    List<String> lines = new ArrayList<>();
    lines.add("Nothing is sent and nothing is written now.");
    lines.addAll(Runbook.ENDS.lines(cluster));
    lines.addAll(running(seen));
    if (destinations != null) {
      lines.add("Both destinations and their options now, keys not shown:");
      destinations.lines().forEach(line -> lines.add("  " + line));
    }
    previous.ifPresent(last -> lines.add("Note: " + last.refusal()));
    Optional<Objection> unforced =
        objections.stream().filter(Objection::yieldsToEvenSo).findFirst();
    record.failedStop(seen).ifPresent(words -> lines.add("A failed stop is on record: " + words));
    unforced.ifPresent(
        objection -> {
          lines.add("No failed stop of what runs is on record.");
          lines.add("Without --even-so it is refused: " + objection.words());
        });
    lines.addAll(Runbook.AFTER.lines(cluster));
    List<String> refusals =
        objections.stream()
            .filter(one -> !one.yieldsToEvenSo())
            .map(one -> "It would be refused: " + one.words())
            .toList();
    lines.addAll(refusals);
    lines.add(refusals.isEmpty() ? "To do it, type:" : "Once that is mended, type:");
    lines.add("  " + command + (unforced.isPresent() ? " --even-so" : ""));
    return lines;
  }

  private static List<String> running(Observation seen) {
    if (!seen.isAnswered()) {
      return List.of("What of the secondary backup runs can't be read now.");
    }
    List<Job> jobs = seen.jobs();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Of the secondary backup, as seen now at "
            + seen.endpoint()
            + (jobs.isEmpty() ? ", nothing runs." : ", all tenants, this runs:"));
    jobs.forEach(job -> lines.add(("  " + job.title() + "  " + job.destination()).stripTrailing()));
    return lines;
  }
}
