package dev.backstop.supervision;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises the threads of one daemon: what escapes from a turn is logged with its place and
 * counted, and the next turn runs. Knows of each loop when a turn of it last ended without a fault.
 *
 * <p>Where memory ran out, or the JVM itself failed, nothing goes on: the process ends, and is
 * started again by whoever watches it. Safe for several threads.
 */
public final class Supervisor {

  /** A loop goes round several times a second; silence this long means that it hangs or fails. */
  public static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final Clock clock;
  private final LongSupplier nanos;
  private final Consumer<Error> fatal;
  private final Map<String, LastTurn> loops = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> faults = new ConcurrentHashMap<>();

  /** The last turn of a loop that ended without a fault; at first, its start. */
  private record LastTurn(SupervisedLoop loop, long turns, long nanos, Instant at) {}

  /**
   * Prepares to supervise.
   *
   * @param nanos the time that has passed since some instant, whatever the clock shows
   * @param fatal ends the process; what it is given can't be survived
   */
  public Supervisor(Clock clock, LongSupplier nanos, Consumer<Error> fatal) {
    this.clock = clock;
    this.nanos = nanos;
    this.fatal = fatal;
  }

  /** Supervises threads of this process, which ends with code 1 where it can't go on. */
  public static Supervisor ofProcess(Clock clock) {
    return new Supervisor(clock, System::nanoTime, Supervisor::halt);
  }

  /** Ends the process at once, by whoever takes uncaught errors where there is somebody. */
  private static void halt(Error error) {
    try {
      Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
      if (handler != null) {
        handler.uncaughtException(Thread.currentThread(), error);
      }
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }

  /** Returns a loop whose silence is a fault of the daemon; nothing runs before its start. */
  public SupervisedLoop loop(String name, SupervisedLoop.Turn turn) {
    return new SupervisedLoop(this, name, true, turn);
  }

  /** Returns a loop that only brings hints: it may hang without harm. */
  public SupervisedLoop hints(String name, SupervisedLoop.Turn turn) {
    return new SupervisedLoop(this, name, false, turn);
  }

  /**
   * Runs a piece of work; what it throws goes no further.
   *
   * @param place names the work in the log
   * @return whether it ended without a fault
   */
  public boolean contain(String place, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException | Error e) {
      failed(place, e);
      return false;
    }
  }

  /** Takes what escaped from a turn: the same fault of a place is logged with its trace once. */
  void failed(String place, Throwable fault) {
    if (mustEnd(fault)) {
      fatal.accept((Error) fault);
    }
    StackTraceElement[] trace = fault.getStackTrace();
    String what = place + " " + fault.getClass() + (trace.length == 0 ? "" : " " + trace[0]);
    long count = faults.computeIfAbsent(what, key -> new AtomicLong()).incrementAndGet();
    if (count == 1) {
      LOG.error("{}: a fault of Backstop, please report it; the next turn runs", place, fault);
    } else if (Long.bitCount(count) == 1) {
      LOG.error("{}: the same fault for the {}th time: {}", place, count, fault.toString());
    }
  }

  /** Returns whether no thread can be trusted to go on; a stack that overflowed is free again. */
  private static boolean mustEnd(Throwable fault) {
    return fault instanceof VirtualMachineError && !(fault instanceof StackOverflowError);
  }

  /** Notes that a loop began, or ended a turn without a fault. */
  void turned(SupervisedLoop loop) {
    loops.compute(
        loop.name(),
        (name, last) ->
            new LastTurn(
                loop, last == null ? 0 : last.turns() + 1, nanos.getAsLong(), clock.instant()));
  }

  /** Forgets a loop that was closed, unless another one has its name by now. */
  void ended(SupervisedLoop loop) {
    loops.computeIfPresent(loop.name(), (name, last) -> last.loop() == loop ? null : last);
  }

  /** Returns when the last turn of each loop ended without a fault, by the loop's name. */
  public Map<String, Instant> lastTurns() {
    Map<String, Instant> last = new TreeMap<>();
    loops.forEach((name, turn) -> last.put(name, turn.at()));
    return last;
  }

  /** Returns how many turns of each loop have ended without a fault, by the loop's name. */
  public Map<String, Long> turns() {
    Map<String, Long> turns = new TreeMap<>();
    loops.forEach((name, turn) -> turns.put(name, turn.turns()));
    return turns;
  }

  /** Returns the loops that have not ended a turn without a fault for too long, and since when. */
  public Map<String, Duration> silent() {
    long now = nanos.getAsLong();
    Map<String, Duration> silent = new TreeMap<>();
    loops.forEach(
        (name, turn) -> {
          Duration age = Duration.ofNanos(now - turn.nanos());
          if (age.compareTo(LONGEST_SILENCE) > 0) {
            silent.put(name, age);
          }
        });
    return silent;
  }
}
