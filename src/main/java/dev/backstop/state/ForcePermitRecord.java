package dev.backstop.state;

import dev.backstop.plan.SentStatement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last force permit of a cluster, as it is stored.
 *
 * @param id names it in the store
 * @param owner who had it: daemon, login and process
 * @param grantedAt when it was granted
 * @param result how the statement ended; null where no answer is on record
 * @param error the server's error number, 0 for none
 */
public record ForcePermitRecord(
    long id, String owner, Instant grantedAt, SentStatement.@Nullable Result result, int error) {}
