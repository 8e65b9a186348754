package dev.backstop.simulator.cluster;

import java.time.Instant;

/** Starts again what was stopped, as a backup strategy of OCP does (docs/oceanbase.md#ocp). */
final class ComebackActor implements Activity {

  private final Comeback comeback;
  private final Machines machines;
  private final CopyStarts starts;
  private final Return sets = new Return();
  private final Return pieces = new Return();
  private final Return archive = new Return();

  /** Follows one kind of backup: whether it was there, and when it is due again. */
  private static final class Return {
    private boolean wasThere;
    private int done;
    private Instant due = Instant.MAX;

    private void observe(boolean there, Comeback comeback, Instant now) {
      if (wasThere && !there && done < comeback.times()) {
        due = now.plus(comeback.after());
      } else if (there) {
        due = Instant.MAX;
      }
      wasThere = there;
    }

    private boolean takes(Instant at) {
      if (due.isAfter(at)) {
        return false;
      }
      due = Instant.MAX;
      done++;
      return true;
    }
  }

  ComebackActor(Comeback comeback, Machines machines, CopyStarts starts) {
    this.comeback = comeback;
    this.machines = machines;
    this.starts = starts;
  }

  /** Looks at what runs after something happened. */
  void observe(Instant now) {
    if (comeback.setJob()) {
      sets.observe(!machines.sets().jobs().isEmpty(), comeback, now);
    }
    if (comeback.pieceJobs() > 0) {
      pieces.observe(!machines.pieces().jobs().isEmpty(), comeback, now);
    }
    if (comeback.archive()) {
      archive.observe(machines.archive().isOn(), comeback, now);
    }
  }

  @Override
  public Instant next() {
    Instant first = sets.due.isBefore(pieces.due) ? sets.due : pieces.due;
    return first.isBefore(archive.due) ? first : archive.due;
  }

  @Override
  public void run(Instant at) {
    if (sets.takes(at)) {
      starts.startSets(CopyRequest.all(), at);
    }
    if (pieces.takes(at)) {
      for (int i = 0; i < comeback.pieceJobs(); i++) {
        starts.startPieces(CopyRequest.all().andActive(), at);
      }
    }
    if (archive.takes(at)) {
      machines.archive().start(at);
    }
    observe(at);
  }
}
