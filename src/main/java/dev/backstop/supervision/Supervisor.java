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
 * Supervises the threads of one daemon: an exception that escapes from a turn is logged and
 * counted, and the next turn runs. Records when the last turn of each loop ended without a fault.
 *
 * <p>Where memory is exhausted or the JVM itself fails, the process ends, so that the service
 * manager starts it again. Thread-safe.
 */
public final class Supervisor {

  /** Loops end several turns a second; one that has ended none for so long hangs or fails. */
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
   * Creates a supervisor.
   *
   * @param nanos the monotonic clock
   * @param fatal ends the process after an error that it can't survive
   */
  public Supervisor(Clock clock, LongSupplier nanos, Consumer<Error> fatal) {
    this.clock = clock;
    this.nanos = nanos;
    this.fatal = fatal;
  }

  /** Returns a supervisor of this process, which ends with code 1 after a fatal error. */
  public static Supervisor ofProcess(Clock clock) {
    return new Supervisor(clock, System::nanoTime, Supervisor::halt);
  }

  /** Ends the process at once, after the handler of uncaught errors, where there is one. */
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

  /** Returns a loop that must not hang; nothing runs before its start. */
  public SupervisedLoop loop(String name, SupervisedLoop.Turn turn) {
    return new SupervisedLoop(this, name, true, turn);
  }

  /** Returns a loop that may hang without harm, such as one that only brings hints. */
  public SupervisedLoop hints(String name, SupervisedLoop.Turn turn) {
    return new SupervisedLoop(this, name, false, turn);
  }

  /**
   * Runs some work and logs what it throws.
   *
   * @param place the name of the work in the log
   * @return whether it ended without a fault
   */
  public boolean contain(String place, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException | Error e) {
      onFault(place, e);
      return false;
    }
  }

  /** Logs what escaped from a turn; the trace of the same fault is logged once. */
  void onFault(String place, Throwable fault) {
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

  /** Returns whether no thread may continue; after a stack overflow the stack is free again. */
  private static boolean mustEnd(Throwable fault) {
    return fault instanceof VirtualMachineError && !(fault instanceof StackOverflowError);
  }

  /** Records that a loop began, or ended a turn without a fault. */
  void onTurn(SupervisedLoop loop) {
    loops.compute(
        loop.name(),
        (name, last) ->
            new LastTurn(
                loop, last == null ? 0 : last.turns() + 1, nanos.getAsLong(), clock.instant()));
  }

  /** Removes a loop that was closed, unless another one has its name by now. */
  void onClose(SupervisedLoop loop) {
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

  /** Returns the loops that hang or fail, and how long ago each last ended a turn. */
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
