package dev.backstop.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Program that runs for a limited time; what it started ends with it. It inherits the environment
 * of this process but for what is withheld. No message shows its arguments or what it prints,
 * either of which may be a secret. For one thread.
 */
public final class BoundedProgram implements AutoCloseable {

  /** What a service manager gives to the daemon alone: who has it speaks for the daemon. */
  private static final Set<String> OF_THE_DAEMON =
      Set.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID");

  /** One for the whole process, as the environment is. */
  private static final Set<String> WITHHELD = ConcurrentHashMap.newKeySet();

  private final String name;
  private final Duration timeout;
  private final long end;
  private final Process process;

  private BoundedProgram(String name, Duration timeout, long end, Process process) {
    this.name = name;
    this.timeout = timeout;
    this.end = end;
    this.process = process;
  }

  /**
   * Withholds variables from every program that starts from now on. None is ever given back: the
   * environment keeps its values for as long as the process lives, whatever a later configuration
   * names.
   */
  public static void withhold(Set<String> variables) {
    WITHHELD.addAll(variables);
  }

  /**
   * Starts a program.
   *
   * @param name what messages call it
   * @throws ProgramException where it can't be started
   */
  public static BoundedProgram start(String name, ProcessBuilder builder, Duration timeout)
      throws ProgramException {
    Set<String> inherited = builder.environment().keySet();
    inherited.removeAll(OF_THE_DAEMON);
    inherited.removeAll(WITHHELD);
    long end = System.nanoTime() + timeout.toNanos();
    try {
      return new BoundedProgram(name, timeout, end, builder.start());
    } catch (IOException e) {
      // The system's words repeat what was typed.
      throw new ProgramException(
          name + " can't be started; name a program that the daemon's user may run");
    }
  }

  /** Returns its process, for its standard streams. */
  public Process process() {
    return process;
  }

  /** Returns how long it may still run, in nanoseconds; zero or less where its time is up. */
  public long nanosLeft() {
    return end - System.nanoTime();
  }

  /** Returns that its time is up. */
  public ProgramException hung() {
    return new ProgramException(
        "%s has not ended within %s s; run it by hand as the daemon's user"
            .formatted(name, timeout.toSeconds()));
  }

  /**
   * Waits until it has ended with 0.
   *
   * @param input what else it needs when it is run by hand, in words; empty for nothing
   * @throws ProgramException where its time is up, or it ended with anything else
   */
  public void awaitSuccess(String input) throws ProgramException, InterruptedException {
    if (!process.waitFor(nanosLeft(), TimeUnit.NANOSECONDS)) {
      throw hung();
    }
    if (process.exitValue() != 0) {
      throw new ProgramException(
          "%s ended with %s; run it by hand as the daemon's user%s; where that works, the unit of the service forbids what it does"
              .formatted(name, process.exitValue(), input));
    }
  }

  /** Ends it with what it started, if it still runs. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
