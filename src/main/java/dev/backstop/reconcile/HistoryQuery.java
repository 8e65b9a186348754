package dev.backstop.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for history.
 *
 * @param cluster null for all
 * @param since entries at or after this instant
 * @param limit at most so many, the newest
 */
public record HistoryQuery(@Nullable String cluster, Instant since, int limit) {}
