package dev.backstop.policyfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells one folder from another that took its place, even one that inherited its inode. */
final class FolderIdentity {

  private final Path folder;
  private final boolean tellsDevices;
  private final Map<Object, Boolean> bornOnDevice = new HashMap<>();

  /** A folder that is a symbolic link is told by its parent: swapping the link is a way to edit. */
  FolderIdentity(Path folder) {
    this.folder = folder.toAbsolutePath();
    this.tellsDevices = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /** Returns what identifies the folder now; empty where the file system does not tell. */
  String read() throws IOException {
    Path parent = folder.getParent();
    Path told = folder;
    BasicFileAttributes attributes =
        Files.readAttributes(told, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink() && parent != null) {
      told = parent;
      attributes = Files.readAttributes(told, BasicFileAttributes.class);
    }
    Object key = attributes.fileKey();
    if (key == null) {
      return "";
    }
    return hasCreationTimes(told) ? key + " created " + attributes.creationTime() : key.toString();
  }

  /**
   * Tells whether creation times are kept where a folder lies. Where they are not, the JDK hands
   * out the time of the last change instead, so it takes one folder on the device that shows two
   * different times. The folder itself can't be the judge: it shows one time while it is fresh.
   */
  private boolean hasCreationTimes(Path told) throws IOException {
    if (!tellsDevices) {
      return true;
    }
    Object device = Files.getAttribute(told, "unix:dev");
    Boolean known = bornOnDevice.get(device);
    if (known == null) {
      known = ancestorShowsTwoTimes(told.toRealPath().getParent(), device);
      bornOnDevice.put(device, known);
    }
    return known;
  }

  private static boolean ancestorShowsTwoTimes(@Nullable Path nearest, Object device)
      throws IOException {
    for (Path above = nearest; above != null; above = above.getParent()) {
      if (!Objects.equals(Files.getAttribute(above, "unix:dev"), device)) {
        return false;
      }
      BasicFileAttributes attributes = Files.readAttributes(above, BasicFileAttributes.class);
      if (!attributes.creationTime().equals(attributes.lastModifiedTime())) {
        return true;
      }
    }
    return false;
  }
}
