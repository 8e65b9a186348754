package dev.backstop.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Says whether something is at a path. What can't be told is never taken for absent.
 *
 * @param answer what is known
 * @param words why it can't be told; empty where it can
 */
record FileProbe(Answer answer, String words) {

  /** What can be known of a path. */
  enum Answer {
    PRESENT,
    /** Its folder can be searched and holds no entry of the name, or is itself absent. */
    ABSENT,
    /** This user may not search the folder. */
    DENIED,
    /** Anything else: a link to nothing, a file system that does not answer. */
    UNKNOWN
  }

  /** Looks at a path; links are followed. */
  static FileProbe of(Path path) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return new FileProbe(Answer.PRESENT, "");
    } catch (NoSuchFileException e) {
      return Files.isSymbolicLink(path)
          ? new FileProbe(Answer.UNKNOWN, "is a link to what is not there")
          : new FileProbe(Answer.ABSENT, "");
    } catch (AccessDeniedException e) {
      return new FileProbe(Answer.DENIED, "can't be read: permission denied");
    } catch (IOException e) {
      return new FileProbe(Answer.UNKNOWN, "can't be reached: " + e);
    }
  }

  /** Returns whether a path is a file itself, and no link to one. */
  static boolean isPlainFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }
}
