package dev.backstop.config;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Knows whether a cron expression is one, and whether it ever fires. */
@FunctionalInterface
public interface CronCheck {

  /**
   * Returns what is wrong with a Quartz cron expression, in words that follow it and quote nothing
   * of it; empty where it will fire after now.
   */
  Optional<String> problem(String expression, ZoneId zone, Instant now);
}
