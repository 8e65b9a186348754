package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Starts set and piece jobs, with the server's checks in its order (docs/oceanbase.md#starts). */
final class CopyStarts {

  private static final long NAMED = 10_001;
  private static final long TENANT = 20_001;
  private static final long TENANT_NAMED = 30_001;

  private final Machines machines;
  private final Set<String> dirtyDirectories = new HashSet<>();
  private final Map<Long, Long> lastCopyIds = new HashMap<>();
  private long lastJobId;

  CopyStarts(Machines machines) {
    this.machines = machines;
  }

  /** Returns the id of the job that was started last. */
  long lastJobId() {
    return lastJobId;
  }

  Reply startSets(CopyRequest request, Instant now) {
    Reply refusal = refuseSets(request);
    if (refusal != null) {
      return refusal;
    }
    List<Long> sets = machines.primary().backupSets();
    long set = request.item() == 0 ? sets.get(sets.size() - 1) : request.item();
    String tenantName =
        request.isTenantLevel() ? machines.tenants().getOrDefault(request.tenantId(), "") : "sys";
    machines
        .sets()
        .start(
            new SetJob(
                ++lastJobId,
                request,
                set,
                copyId(request),
                destination(request),
                tenantName,
                machines.copiedTenants(request.tenantId())),
            now);
    return Reply.ok();
  }

  Reply startPieces(CopyRequest request, Instant now) {
    Reply refusal = refusePieces(request);
    if (refusal != null) {
      return refusal;
    }
    machines
        .pieces()
        .start(
            new PieceJob(
                ++lastJobId,
                request,
                copyId(request),
                destination(request),
                machines.copiedTenants(request.tenantId())),
            now);
    return Reply.ok();
  }

  private @Nullable Reply refuseSets(CopyRequest request) {
    String destination = destination(request);
    if (request.times() > 0 && request.destination() == null) {
      return notBackedUpToConfigured();
    }
    if (machines.parameters().backupDest().equals(machines.parameters().backupBackupDest())) {
      return Refusal.canNotStart("backup dest and backup backup dest are the same");
    }
    if (!machines.sets().jobs().isEmpty()) {
      return Refusal.tryAgain();
    }
    List<Long> sets = machines.primary().backupSets();
    if (sets.isEmpty() || (request.item() != 0 && !sets.contains(request.item()))) {
      return Refusal.canNotStart("backup set " + request.item() + " do not exist");
    }
    if (destination.isEmpty() || machines.parameters().backupDest().isEmpty()) {
      return Refusal.canNotStart("backup destination is not valid");
    }
    long lastCopied =
        machines.sets().history().stream()
            .filter(job -> job.result == 0 && job.destination.equals(destination))
            .mapToLong(job -> job.backupSetId)
            .max()
            .orElse(0);
    if (request.item() != 0 && request.item() < lastCopied) {
      return Refusal.canNotStart("a later backup set has been copied");
    }
    return null;
  }

  private @Nullable Reply refusePieces(CopyRequest request) {
    if (machines.archive().isOn()) {
      return Refusal.notSupported("backup backuppiece in auto mode not supported");
    }
    if (request.withActive() && (request.item() != 0 || request.times() > 0)) {
      return Refusal.notSupported();
    }
    if (request.isTenantLevel() && request.destination() == null) {
      return Refusal.notSupported(
          "tenant level backup backuppiece without backup_backup_dest not supported");
    }
    String destination = destination(request);
    boolean first = destination.equals(machines.parameters().backupDest());
    boolean dirty = request.isTenantLevel() && dirtyDirectories.contains(destination);
    if (destination.isEmpty() || first || dirty) {
      return Refusal.badDestination();
    }
    if (machines.archive().holdsRounds(destination)) {
      return Refusal.notSupported("backup backup piece in round mode directory not supported");
    }
    boolean countsAtConfigured = request.times() > 0 && request.destination() == null;
    return countsAtConfigured ? notBackedUpToConfigured() : null;
  }

  /** Lets a directory count as one that is not empty. */
  void dirty(String directory) {
    dirtyDirectories.add(directory);
  }

  private static Reply notBackedUpToConfigured() {
    return Refusal.notSupported(
        "not backed up N times to the backup_backup_dest of sys parameter not supported");
  }

  private String destination(CopyRequest request) {
    String named = request.destination();
    return named == null ? machines.parameters().backupBackupDest() : named;
  }

  /** Numbers copies by the ranges of docs/oceanbase.md#starts; the configured one is 1. */
  private long copyId(CopyRequest request) {
    boolean named = request.destination() != null;
    if (!named && !request.isTenantLevel()) {
      return 1;
    }
    long base = request.isTenantLevel() ? (named ? TENANT_NAMED : TENANT) : NAMED;
    return lastCopyIds.merge(base, base, (last, ignored) -> last + 1);
  }
}
