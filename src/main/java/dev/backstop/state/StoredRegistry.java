package dev.backstop.state;

import dev.backstop.policy.PolicyRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds the policy book as the store has it.
 *
 * @param policies what is known of the folder
 * @param revision counts its writes
 * @param heartbeat the last sign of life of any daemon or {@code apply}; null for none ever
 */
public record StoredRegistry(PolicyRegistry policies, long revision, @Nullable Instant heartbeat) {}
