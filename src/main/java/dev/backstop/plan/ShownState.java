package dev.backstop.plan;

import java.time.Instant;

/**
 * The state of a kind that was last shown.
 *
 * @param state the state
 * @param since when it began, by the wall clock
 */
public record ShownState(State state, Instant since) {}
