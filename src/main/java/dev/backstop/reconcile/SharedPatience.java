package dev.backstop.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Calls every cycle slow that takes longer than the same time. One timer is set for all of them, so
 * that cycles which end in time seldom wake its thread. Thread-safe.
 */
final class SharedPatience implements CycleExecutor.Patience {

  private final Duration limit;
  private final LongSupplier nanos;
  private final BiConsumer<Duration, Runnable> timer;

  /** In the order in which they began, which is that of their deadlines. */
  private final Set<Wait> waits = new LinkedHashSet<>();

  private boolean isTimerSet;

  /** A cycle in progress; each is equal to itself alone. */
  private static final class Wait {
    private final long deadline;
    private final Runnable whenOver;

    Wait(long deadline, Runnable whenOver) {
      this.deadline = deadline;
      this.whenOver = whenOver;
    }
  }

  /**
   * Prepares to wait; sets no timer yet.
   *
   * @param limit what a cycle may take
   * @param nanos the monotonic clock
   * @param timer runs something after a time
   */
  SharedPatience(Duration limit, LongSupplier nanos, BiConsumer<Duration, Runnable> timer) {
    this.limit = limit;
    this.nanos = nanos;
    this.timer = timer;
  }

  @Override
  public Runnable arrange(Runnable whenOver) {
    Wait wait = new Wait(nanos.getAsLong() + limit.toNanos(), whenOver);
    synchronized (waits) {
      waits.add(wait);
      if (!isTimerSet) {
        setTimer(limit);
      }
    }
    return () -> {
      synchronized (waits) {
        waits.remove(wait);
      }
    };
  }

  private void setTimer(Duration after) {
    timer.accept(after, this::sweep);
    isTimerSet = true;
  }

  private void sweep() {
    takeOver().forEach(wait -> wait.whenOver.run());
  }

  /** Takes out what has lasted too long, and sets the timer for what may come to. */
  private List<Wait> takeOver() {
    List<Wait> over = new ArrayList<>();
    synchronized (waits) {
      isTimerSet = false;
      long now = nanos.getAsLong();
      Iterator<Wait> oldest = waits.iterator();
      while (!isTimerSet && oldest.hasNext()) {
        Wait wait = oldest.next();
        if (wait.deadline - now <= 0) {
          oldest.remove();
          over.add(wait);
        } else {
          setTimer(Duration.ofNanos(wait.deadline - now));
        }
      }
    }
    return over;
  }
}
