package dev.backstop.state;

import dev.backstop.timeline.ClockReading;

/**
 * Proof that a statement which no plan requires was recorded before it is sent; only {@link
 * ForcePermits} hands one out, and only to a person's command.
 *
 * @param id names it in the store
 * @param cluster where it may be sent
 * @param statement the text that may be sent, once
 * @param grantedAt when it was granted
 */
public record ForcePermit(long id, String cluster, String statement, ClockReading grantedAt) {}
