package dev.backstop.policy;

import java.util.Arrays;
import java.util.List;

/**
 * Identity of a folder, which distinguishes another one in its place from the same one edited. It
 * is a row of marks: the path in the configuration, every symbolic link on the way by its parent
 * and its text, and the folder that is reached; for a subfolder, the same from its parent on.
 *
 * @param text the marks, separated by spaces; empty where nothing is known
 */
public record FolderIdentity(String text) {

  /** Nothing is known of the folder. */
  public static final FolderIdentity UNKNOWN = new FolderIdentity("");

  private static final String CONFIGURED = "conf:";
  private static final String LINK = "link:";
  private static final String FOLDER = "dir:";
  private static final String INSIDE = "in:";

  /** Begins with the path of the policy folder as the configuration says it. */
  public static FolderIdentity configured(String path) {
    return new FolderIdentity(CONFIGURED + digest(path));
  }

  /** Returns the identity after a symbolic link of that text in a folder of that key. */
  public FolderIdentity link(String parentKey, String linkText) {
    return with(LINK + digest(parentKey) + ":" + digest(linkText));
  }

  /** Returns the identity of a folder of that key, which is reached here. */
  public FolderIdentity folder(String key) {
    return with(FOLDER + digest(key));
  }

  /** Returns the beginning of the identity of a folder of that name within this one. */
  public FolderIdentity inside(String name) {
    return with(INSIDE + digest(name));
  }

  private FolderIdentity with(String mark) {
    return new FolderIdentity(text + " " + mark);
  }

  /**
   * Returns whether the folder that is there now is another one than before. A symbolic link with
   * another text in the same parent is an edit; whatever else differs makes it another folder.
   *
   * @param before the identity then, of the folder itself or of one inside of it
   */
  public boolean isAnotherThan(FolderIdentity before) {
    if (before.text.isEmpty() || text.isEmpty()) {
      return false;
    }
    if (!before.text.startsWith(CONFIGURED)) {
      return isAnotherThanWritten(before.text);
    }
    List<String> now = marks();
    List<String> then = before.marks();
    for (int at = 0; at < now.size(); at++) {
      String mark = now.get(at);
      String was = at < then.size() ? then.get(at) : "";
      if (!mark.equals(was)) {
        return !isSameLink(mark, was);
      }
    }
    return then.size() > now.size() && !then.get(now.size()).startsWith(INSIDE);
  }

  /** Returns whether the folder has that key, or one that it lies in has. */
  boolean isOrIsInside(String key) {
    return !key.isEmpty() && marks().contains(FOLDER + digest(key));
  }

  private List<String> marks() {
    return Arrays.asList(text.split(" ", -1));
  }

  private static boolean isSameLink(String mark, String was) {
    int end = mark.lastIndexOf(':');
    return mark.startsWith(LINK) && was.startsWith(mark.substring(0, end + 1));
  }

  /** Versions before wrote the key of the folder, or of its parent where it is a link. */
  private boolean isAnotherThanWritten(String key) {
    return !text.equals(key) && marks().stream().noneMatch(mark -> mark.contains(digest(key)));
  }

  private static String digest(String text) {
    return Sha256.hexOf(text).substring(0, 12);
  }
}
