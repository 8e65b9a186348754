package dev.backstop.timeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Measures how much time passes, by clocks that nobody can set. */
@FunctionalInterface
public interface ElapsedTime {

  /** The kernel tells hundredths of a second. */
  Duration RESOLUTION = Duration.ofMillis(10);

  /** Reads the clocks of this host. */
  ElapsedTime OF_HOST = new HostClocks()::read;

  /**
   * Immutable snapshot of both clocks, in nanoseconds.
   *
   * @param uptime since the host's start, by the kernel; counts while the host is suspended
   * @param nanos since some instant, by the JVM; stands still while the host is suspended
   */
  record Reading(long uptime, long nanos) {

    /** Returns the least time that can have passed since an earlier reading; never negative. */
    public Duration leastSince(Reading earlier) {
      long byKernel = uptime - earlier.uptime + RESOLUTION.toNanos();
      return Duration.ofNanos(Math.max(0, Math.min(byKernel, nanos - earlier.nanos)));
    }

    /** Returns whether one of the clocks shows less than at an earlier reading. */
    public boolean isBehind(Reading earlier) {
      return uptime < earlier.uptime || nanos < earlier.nanos;
    }

    /** Returns the most time that can have passed since an earlier reading; never negative. */
    public Duration mostSince(Reading earlier) {
      return Duration.ofNanos(
          Math.max(0, Math.max(uptime - earlier.uptime, nanos - earlier.nanos)));
    }
  }

  /** Reads the clocks. */
  Reading read();

  /** Returns by how much the uptime may be less than the time since the host's start. */
  default Duration resolution() {
    return RESOLUTION;
  }

  /**
   * Returns the name of the boot since which they count; another one in each process if unknown.
   */
  default String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "process " + ProcessHandle.current().pid() + " " + System.identityHashCode(this);
    }
  }
}
