package dev.backstop.bench;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of a command took, the start of its JVM included.
 *
 * @param elapsed from its start to its end, which is longer on a busy machine
 * @param cpu user and system time of all its threads
 */
record CommandTime(Duration elapsed, Duration cpu) {

  /** Where nothing was measured. */
  static final CommandTime NONE = new CommandTime(Duration.ZERO, Duration.ZERO);

  /**
   * User and system time of the children, which is the second line of the shell's {@code times}.
   */
  private static final Pattern CHILDREN =
      Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

  /** Returns milliseconds, with those of CPU in parentheses. */
  String text() {
    return "%s (%s)".formatted(elapsed.toMillis(), cpu.toMillis());
  }

  /**
   * Returns the CPU in the last line of the shell's {@code times}.
   *
   * @throws IllegalStateException where it is none
   */
  static Duration cpu(String line) {
    Matcher times = CHILDREN.matcher(line);
    if (!times.find()) {
      throw new IllegalStateException("no times of a shell: " + line);
    }
    return time(times.group(1), times.group(2)).plus(time(times.group(3), times.group(4)));
  }

  private static Duration time(String minutes, String seconds) {
    return Duration.ofMinutes(Long.parseLong(minutes))
        .plusMillis(Math.round(Double.parseDouble(seconds) * 1_000));
  }
}
