package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times as the views show them; the played servers live in UTC. */
final class Texts {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private Texts() {}

  static LocalDateTime local(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  /** Writes a time as text, empty for one that is not there. */
  static String time(Instant time) {
    return time.equals(Instant.MAX) ? "" : MICROS.format(local(time));
  }
}
