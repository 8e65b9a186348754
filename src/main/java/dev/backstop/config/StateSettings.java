package dev.backstop.config;

import org.jspecify.annotations.Nullable;

/**
 * Says where state is kept.
 *
 * @param url {@code jdbc:sqlite:<absolute path>} or {@code jdbc:mysql://...}
 * @param user null for SQLite
 * @param password null for SQLite
 */
public record StateSettings(String url, @Nullable String user, @Nullable Secret password) {}
