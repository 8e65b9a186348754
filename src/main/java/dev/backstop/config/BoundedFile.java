package dev.backstop.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Reads files without trusting their size, and says in words why one can't be read. */
public final class BoundedFile {

  /** The most bytes that a policy file may have. */
  public static final int MOST_BYTES = 256 * 1024;

  private BoundedFile() {}

  /** Returns the bytes of a policy file, at most one more than it may have. */
  public static byte[] read(Path file) throws IOException {
    return read(file, MOST_BYTES);
  }

  /** Returns the bytes, at most one more than a number. */
  static byte[] read(Path file, int most) throws IOException {
    if (!Files.isRegularFile(file) && Files.exists(file)) {
      throw new FileSystemException(file.toString(), null, "it is not a regular file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.readNBytes(most + 1);
    }
  }

  /**
   * Says why something can't be read or judged, whatever its content set off.
   *
   * @throws OutOfMemoryError where that is it: then nothing can be said of this file alone
   */
  public static String words(Throwable failed) {
    if (failed instanceof OutOfMemoryError exhausted) {
      throw exhausted;
    }
    return failed instanceof IOException io
        ? words(io)
        : "it can't be judged: "
            + failed.getClass().getSimpleName()
            + "; simplify it, or take it out of the folder";
  }

  private static String words(IOException failed) {
    if (failed instanceof AccessDeniedException) {
      return "it can't be read: permission denied; let the daemon's user read it";
    }
    if (failed instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    String reason =
        failed instanceof FileSystemException named ? named.getReason() : failed.getMessage();
    return "it can't be read: "
        + (reason == null || reason.isBlank() ? failed.getClass().getSimpleName() : reason);
  }
}
