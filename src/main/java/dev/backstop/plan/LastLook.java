package dev.backstop.plan;

import dev.backstop.timeline.TimelineInstant;

/**
 * The last look that showed a kind.
 *
 * @param at when it began
 * @param rows what the next statement would act on, as text: while unchanged, nothing has moved
 * @param rowsSince since when the rows are what they are
 */
public record LastLook(TimelineInstant at, String rows, TimelineInstant rowsSince) {}
