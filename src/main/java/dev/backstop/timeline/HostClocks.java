package dev.backstop.timeline;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Clocks of this host, where the kernel tells its own; else the JVM's alone. Keeps the kernel's
 * file open, as the clocks are read several times at each look. Thread-safe.
 */
final class HostClocks {

  private static final int LONGEST = 64;

  private final String path;
  private final byte[] buffer = new byte[LONGEST];
  private @Nullable RandomAccessFile file;

  HostClocks() {
    this("/proc/uptime");
  }

  /** Reads a file of the form of {@code /proc/uptime}: seconds since the host's start first. */
  HostClocks(String path) {
    this.path = path;
  }

  /** Reads both clocks. */
  ElapsedTime.Reading read() {
    long nanos = System.nanoTime();
    try {
      return new ElapsedTime.Reading(uptime(), nanos);
    } catch (IOException | NumberFormatException e) {
      return new ElapsedTime.Reading(nanos, nanos);
    }
  }

  /** Each read from the beginning shows the present; a file that fails is opened anew. */
  private synchronized long uptime() throws IOException {
    RandomAccessFile open = file;
    if (open == null) {
      open = new RandomAccessFile(path, "r");
      file = open;
    }
    try {
      open.seek(0);
      int length = open.read(buffer);
      return seconds(new String(buffer, 0, Math.max(0, length), StandardCharsets.US_ASCII));
    } catch (IOException | NumberFormatException e) {
      file = null;
      open.close();
      throw e;
    }
  }

  private static long seconds(String line) {
    int end = line.indexOf(' ');
    return Math.round(Double.parseDouble(end < 0 ? line : line.substring(0, end)) * 1e9);
  }
}
