package dev.backstop.policy;

/**
 * What identifies a file besides its name.
 *
 * @param inode what distinguishes it from every other file of its time; empty where unknown
 * @param content a digest of its bytes; empty where they were not read
 * @param folder the identity of the folder it lies in
 */
public record FileIdentity(String inode, String content, FolderIdentity folder) {

  /** Nothing is known of the file. */
  public static final FileIdentity UNKNOWN = new FileIdentity("", "", FolderIdentity.UNKNOWN);

  /** Returns whether it is the same file, under whatever name. */
  boolean isSameInode(FileIdentity other) {
    return !inode.isEmpty() && inode.equals(other.inode);
  }

  /** Returns whether it holds the same bytes. */
  boolean isSameContent(FileIdentity other) {
    return !content.isEmpty() && content.equals(other.content);
  }
}
