package dev.backstop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells whether a stream of this process goes to the journal of systemd. */
final class JournalStream {

  /** The environment variable in which systemd names the device and inode of the stream. */
  static final String VARIABLE = "JOURNAL_STREAM";

  /** Standard error; a link to what it goes to. */
  static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private JournalStream() {}

  /**
   * Returns whether a stream is the one that systemd connected to its journal, and was not
   * redirected since.
   *
   * @param named the value of the variable; null where it is not set
   * @param descriptor the stream as a file
   */
  static boolean isConnected(@Nullable String named, Path descriptor) {
    if (named == null) {
      return false;
    }
    try {
      Object device = Files.getAttribute(descriptor, "unix:dev");
      Object inode = Files.getAttribute(descriptor, "unix:ino");
      return named.equals(device + ":" + inode);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
