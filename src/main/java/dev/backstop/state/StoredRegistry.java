package dev.backstop.state;

import dev.backstop.policy.PolicyRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The policy registry as it is stored, with its revision.
 *
 * @param policies what is known of the folder
 * @param revision counts its writes
 * @param heartbeat the last sign of life of any daemon or {@code apply}; null for none ever
 */
public record StoredRegistry(PolicyRegistry policies, long revision, @Nullable Instant heartbeat) {}
