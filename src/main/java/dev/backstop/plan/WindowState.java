package dev.backstop.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State of a kind's backup window, of all its policies together.
 *
 * @param open whether any of them is open
 * @param nextChange when that changes; null for never
 */
public record WindowState(boolean open, @Nullable Instant nextChange) {}
