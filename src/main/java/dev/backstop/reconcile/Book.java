package dev.backstop.reconcile;

import dev.backstop.policy.PolicyBook;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds the policy book as the store has it.
 *
 * @param policies what is known of the folder
 * @param revision counts its writes
 * @param heartbeat the last sign of life of any daemon or {@code apply}; null for none ever
 */
public record Book(PolicyBook policies, long revision, @Nullable Instant heartbeat) {}
