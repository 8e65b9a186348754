package dev.backstop.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Says where policies are and how they count.
 *
 * @param directory the folder, absolute
 * @param settle how far apart two reads agree before a version counts
 * @param deletionGrace how long a file must be gone before its deletion counts
 * @param maxStopsAtOnce clusters that may newly be stopped within an hour; 0 for no limit
 */
public record FolderSettings(
    Path directory, Duration settle, Duration deletionGrace, int maxStopsAtOnce) {}
