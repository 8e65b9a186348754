package dev.backstop.reconcile;

import java.time.Instant;

/**
 * Proves that a statement that no plan ever asks for was recorded before it is sent; only {@link
 * Warrants} hands one out, and only to a person's command.
 *
 * @param id names it in the store
 * @param cluster where it may be sent
 * @param statement the text that may be sent, once
 * @param grantedAt when it was granted
 */
public record Warrant(long id, String cluster, String statement, Instant grantedAt) {}
