package dev.backstop.reconcile;

import dev.backstop.plan.Sent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last warrant of a cluster.
 *
 * @param id names it in the store
 * @param owner who had it: daemon, login and process
 * @param grantedAt when it was granted
 * @param result how the statement ended; null where no answer is on record
 * @param error the server's error number, 0 for none
 */
public record WarrantRecord(
    long id, String owner, Instant grantedAt, Sent.@Nullable Result result, int error) {}
