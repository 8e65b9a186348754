package dev.backstop.state;

import dev.backstop.plan.Statement;
import dev.backstop.timeline.ClockReading;

/**
 * Proof that a statement was recorded before it is sent; only a {@link StateStore} hands one out.
 *
 * @param id names it in the store
 * @param cluster where it may be sent
 * @param statement what may be sent, once
 * @param grantedAt when it was granted
 */
public record Permit(long id, String cluster, Statement statement, ClockReading grantedAt) {}
