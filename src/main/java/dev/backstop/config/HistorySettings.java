package dev.backstop.config;

import java.time.Duration;

/**
 * Says how much history is kept.
 *
 * @param maxAge older entries are dropped
 * @param maxSizeBytes the oldest entries are dropped beyond this size
 */
public record HistorySettings(Duration maxAge, long maxSizeBytes) {}
