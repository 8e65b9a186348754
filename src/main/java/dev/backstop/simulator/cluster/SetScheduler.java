package dev.backstop.simulator.cluster;

import dev.backstop.simulator.cluster.SetJob.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves the one backup-set job from state to state (docs/oceanbase.md#set-jobs).
 *
 * <p>A pass does one step. A step that succeeds wakes the next pass; one that fails, or has nothing
 * to do, sleeps for the idle time.
 */
final class SetScheduler implements Activity {

  private final Timing timing;
  private final Faults faults;
  private final Parameters parameters;
  private final List<SetJob> history = new ArrayList<>();
  private @Nullable SetJob job;
  private Instant nextPass = Instant.MAX;

  SetScheduler(Timing timing, Faults faults, Parameters parameters) {
    this.timing = timing;
    this.faults = faults;
    this.parameters = parameters;
  }

  List<SetJob> jobs() {
    SetJob current = job;
    return current == null ? List.of() : List.of(current);
  }

  List<SetJob> history() {
    return history;
  }

  void start(SetJob started, Instant now) {
    job = started;
    wake(now);
  }

  /** Performs CANCEL BACKUP BACKUPSET: every row to CANCEL, then a wake-up that may be lost. */
  void cancel(boolean forced, Instant now) {
    SetJob current = job;
    if (current == null) {
      return;
    }
    current.forced |= forced;
    current.cancel(faults.strike(Fault.LOST_UPDATE, now));
    if (faults.strike(Fault.LOST_WAKE_UP, now)) {
      nextPass = now.plus(parameters.setIdle());
    } else {
      wake(now);
    }
  }

  void dropTenant(long tenantId, Instant now) {
    SetJob current = job;
    if (current != null && current.request.tenantId() == tenantId) {
      current.result = Refusal.TENANT_GONE;
      current.status = Status.CLEAN;
      wake(now);
    }
  }

  /** Acts on what is there within one step. */
  void wake(Instant now) {
    Instant soon = now.plus(timing.step());
    if (job != null && soon.isBefore(nextPass)) {
      nextPass = soon;
    }
  }

  @Override
  public Instant next() {
    return nextPass;
  }

  @Override
  public void run(Instant at) {
    SetJob current = job;
    if (current == null) {
      nextPass = Instant.MAX;
    } else if (faults.isArmed(Fault.SCHEDULERS_ASLEEP, at)) {
      nextPass = at.plus(timing.step());
    } else {
      nextPass = at.plus(pass(current, at));
    }
    if (job == null) {
      nextPass = Instant.MAX;
    }
  }

  private Duration pass(SetJob current, Instant at) {
    Status overwrite = current.overwrite;
    if (overwrite != null) {
      current.overwrite = null;
      current.status = overwrite;
      beginCopy(current, at);
      return sleepUntilCopied(current, at);
    }
    return switch (current.status) {
      case SCHEDULE -> {
        current.status = Status.BACKUP;
        beginCopy(current, at);
        yield sleepUntilCopied(current, at);
      }
      case BACKUP -> {
        if (at.isBefore(current.copied)) {
          yield sleepUntilCopied(current, at);
        }
        current.ended = at;
        current.status = Status.CLEAN;
        yield timing.step();
      }
      case CANCEL -> recall(current, at);
      case CLEAN -> {
        current.status = Status.FINISH;
        yield timing.step();
      }
      case FINISH -> {
        finish(current, at);
        yield timing.step();
      }
    };
  }

  private void beginCopy(SetJob current, Instant at) {
    if (current.started.equals(Instant.MAX)) {
      current.started = at;
      current.copied = at.plus(timing.setCopy());
    }
  }

  private Duration sleepUntilCopied(SetJob current, Instant at) {
    Duration left = Duration.between(at, current.copied);
    if (left.compareTo(timing.step()) < 0) {
      return timing.step();
    }
    return left.compareTo(parameters.setIdle()) < 0 ? left : parameters.setIdle();
  }

  private Duration recall(SetJob current, Instant at) {
    if (!current.forced && faults.isArmed(Fault.OBSERVER_DEAD, at)) {
      return parameters.setIdle();
    }
    if (at.isBefore(current.ended)) {
      current.ended = at;
    }
    current.result = Refusal.CANCELLED;
    current.status = Status.CLEAN;
    return timing.step();
  }

  private void finish(SetJob current, Instant at) {
    boolean unwritable =
        faults.isArmed(Fault.STORAGE_UNREACHABLE, at) && !parameters.backupDest().isEmpty();
    if (unwritable && current.result == 0) {
      current.result = Refusal.DEVICE_ERROR;
    }
    if (at.isBefore(current.ended)) {
      current.ended = at;
    }
    history.add(current);
    job = null;
  }
}
