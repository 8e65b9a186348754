package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Takes ALTER SYSTEM statements: refuses, performs, and loses answers as the faults say. */
final class StatementDesk {

  private final Machines machines;
  private final CopyStarts starts;
  private final StatementParser parser;
  private final ArchiveStatements archive;
  private final PrimaryStatements primary;
  private final ForceCancel force;
  private final SplittableRandom chance;
  private int switchingTurn;

  StatementDesk(Machines machines, CopyStarts starts) {
    this.machines = machines;
    this.starts = starts;
    parser = new StatementParser(machines.settings().edition());
    archive = new ArchiveStatements(machines);
    primary = new PrimaryStatements(machines);
    force = new ForceCancel(machines);
    chance = new SplittableRandom(machines.settings().seed());
  }

  Reply take(String statement, String tenant, Instant now) {
    Faults faults = machines.faults();
    if (faults.strike(Fault.CUT_BEFORE, now)) {
      return Reply.cut();
    }
    if (faults.strike(Fault.HUNG_STATEMENT, now)) {
      return Reply.hung();
    }
    Optional<Command> command = parser.parse(statement);
    if (command.isEmpty()) {
      return Refusal.syntax(statement, parser.stumbledAt(statement));
    }
    Reply refusal = refuse(command.get(), tenant, now);
    if (refusal != null) {
      return refusal;
    }
    boolean cutDuring = faults.strike(Fault.CUT_DURING, now);
    if (cutDuring && chance.nextBoolean()) {
      return Reply.cut();
    }
    Reply reply = perform(command.get(), now);
    return cutDuring ? Reply.cut() : loseAnswer(reply, now);
  }

  /** Refuses a statement of an account without the right for it; the grammar comes first. */
  Reply refusal(String statement, String tenant) {
    if (parser.parse(statement).isEmpty()) {
      return Refusal.syntax(statement, parser.stumbledAt(statement));
    }
    return tenant.equals("sys") ? Refusal.noPrivilege() : Refusal.otherTenant();
  }

  private @Nullable Reply refuse(Command command, String tenant, Instant now) {
    Edition edition = machines.settings().edition();
    Faults faults = machines.faults();
    if (!tenant.equals("sys")) {
      return Refusal.otherTenant();
    }
    if (faults.strike(Fault.NO_PRIVILEGE, now)) {
      return Refusal.noPrivilege();
    }
    boolean gone = edition.isFour() && command.verb().isSecondary();
    if (gone || (edition.isCommunity() && command.verb().isEnterpriseOnly())) {
      return Refusal.notSupported();
    }
    if (faults.strike(Fault.ROOTSERVICE_SWITCHING, now)) {
      return Refusal.switching(switchingTurn++);
    }
    if (faults.strike(Fault.TIMEOUT_NOT_APPLIED, now)) {
      return Refusal.timeout();
    }
    return faults.nextStatementAnswer().orElse(null);
  }

  private Reply loseAnswer(Reply reply, Instant now) {
    Faults faults = machines.faults();
    if (faults.strike(Fault.TIMEOUT_APPLIED, now)) {
      return Refusal.timeout();
    }
    if (faults.strike(Fault.CUT_AFTER, now)) {
      return Reply.cut();
    }
    return faults.strike(Fault.HUNG_STATEMENT_APPLIED, now) ? Reply.hung() : reply;
  }

  private Reply perform(Command command, Instant now) {
    return switch (command.verb()) {
      case BACKUP_BACKUPSET, BACKUP_BACKUPPIECE -> copy(command, now);
      case START_ARCHIVE -> archive.start(now);
      case STOP_ARCHIVE -> archive.stop(now);
      case CANCEL_BACKUPSET -> {
        machines.sets().cancel(false, now);
        yield Reply.ok();
      }
      case CANCEL_BACKUPPIECE -> {
        machines.pieces().cancel(now);
        yield Reply.ok();
      }
      case CANCEL_ALL_FORCE -> force.run(now);
      case CANCEL_BACKUP -> primary.cancelBackup();
      case CANCEL_DELETE -> Refusal.noDeleteToCancel();
      case CANCEL_VALIDATE, DELETE_BACKUP -> Reply.ok();
      case ARCHIVELOG -> primary.archivelog(now);
      case NOARCHIVELOG -> primary.noarchivelog(now);
      case BACKUP_DATABASE -> primary.backupDatabase(now);
      case SUSPEND_OR_RESUME -> Refusal.notSupported();
      case SET -> primary.set(command.parameter(), command.value(), now);
    };
  }

  private Reply copy(Command command, Instant now) {
    CopyRequest request = command.copy();
    if (request == null) {
      throw new IllegalStateException("a copy statement without a request");
    }
    CopyRequest resolved = request;
    if (!command.tenantName().isEmpty()) {
      long tenant = machines.tenantNamed(command.tenantName());
      resolved =
          new CopyRequest(
              request.item(), request.times(), request.withActive(), tenant, request.destination());
    }
    if (!machines.tenants().containsKey(resolved.tenantId())) {
      return Refusal.unknownTenant();
    }
    return command.verb() == Command.Verb.BACKUP_BACKUPSET
        ? starts.startSets(resolved, now)
        : starts.startPieces(resolved, now);
  }
}
