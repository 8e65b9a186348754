package dev.backstop.plan;

/**
 * Backup window that has opened or closed between two looks.
 *
 * @param policy the name of its policy
 * @param isOpen whether it is open since
 * @param words what happened, for people
 */
public record WindowEdge(String policy, boolean isOpen, String words) {}
