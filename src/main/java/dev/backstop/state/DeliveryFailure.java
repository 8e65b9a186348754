package dev.backstop.state;

import java.time.Instant;

/**
 * A notification whose messages don't arrive.
 *
 * @param notification its name
 * @param since when the first attempt failed
 * @param words why the last attempt failed, without secrets
 */
public record DeliveryFailure(String notification, Instant since, String words) {}
