package dev.backstop.timeline;

/**
 * Immutable snapshot of how far a process has come on its timeline, for the others on its store.
 *
 * @param at the instant
 * @param boot names the host's boot; uptimes of two boots can't be compared
 * @param uptime what the kernel's clock showed then, in nanoseconds
 */
public record TimelineNote(TimelineInstant at, String boot, long uptime) {}
