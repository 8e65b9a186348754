package dev.backstop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Clocks that measure the time that passes, whatever the wall clock shows. */
@FunctionalInterface
interface PassingTime {

  /**
   * What a host's clocks show that nobody can set.
   *
   * @param boot names the host's boot; readings of two boots can't be compared
   * @param uptime nanoseconds since the boot, by the kernel
   * @param steady nanoseconds since some instant of the boot, by the JVM
   */
  record Reading(String boot, long uptime, long steady) {

    /** Returns how much has passed since an earlier reading of the same boot: the smaller one. */
    Duration since(long earlierUptime, long earlierSteady) {
      long passed = Math.min(uptime - earlierUptime, steady - earlierSteady);
      return Duration.ofNanos(Math.max(0, passed));
    }
  }

  /** Reads the clocks. */
  Reading read();

  /** Reads the clocks of this host; where it tells no boot, those of this process. */
  static Reading ofHost() {
    long steady = System.nanoTime();
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
      return new Reading(boot, (long) (Double.parseDouble(seconds) * 1e9), steady);
    } catch (IOException | NumberFormatException e) {
      ProcessHandle process = ProcessHandle.current();
      String start = process.info().startInstant().map(Object::toString).orElse("");
      return new Reading("process " + process.pid() + " " + start, steady, steady);
    }
  }
}
