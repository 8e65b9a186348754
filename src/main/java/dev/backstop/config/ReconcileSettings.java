package dev.backstop.config;

import java.time.Duration;
import java.time.ZoneId;

/**
 * Says when to look, for policies that do not say, and how much at once.
 *
 * @param every the interval
 * @param zone the zone of cron expressions and backup windows
 * @param isZoneWritten whether it is written, and not only the system's
 * @param parallelism looks in progress at once
 */
public record ReconcileSettings(
    Duration every, ZoneId zone, boolean isZoneWritten, int parallelism) {}
