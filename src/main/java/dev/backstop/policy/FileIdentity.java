package dev.backstop.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a file besides its name.
 *
 * @param inode what distinguishes it from every other file of its time; empty where unknown
 * @param content a digest of its bytes; empty where they were not read
 * @param goodContent a digest of the bytes of its last good version; empty while they are the same,
 *     and where unknown
 * @param folder the identity of the folder it lies in
 */
public record FileIdentity(
    String inode, String content, String goodContent, FolderIdentity folder) {

  /** Nothing is known of the file. */
  public static final FileIdentity UNKNOWN = new FileIdentity("", "", FolderIdentity.UNKNOWN);

  /** Describes a file by what one read of it shows. */
  public FileIdentity(String inode, String content, FolderIdentity folder) {
    this(inode, content, "", folder);
  }

  /**
   * Compares by hand, as every file is at every scan: a record's own comparison takes several times
   * as long where only the first compiler works.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof FileIdentity identity
            && inode.equals(identity.inode)
            && content.equals(identity.content)
            && goodContent.equals(identity.goodContent)
            && folder.equals(identity.folder));
  }

  @Override
  public int hashCode() {
    return Objects.hash(inode, content, goodContent, folder);
  }

  /** Returns it as that of a file in doubt, which keeps the last good bytes of before. */
  FileIdentity inDoubtAfter(FileIdentity before) {
    String good = before.goodContent.isEmpty() ? before.content : before.goodContent;
    return new FileIdentity(inode, content, good.equals(content) ? "" : good, folder);
  }

  /** Returns whether it is the same file, under whatever name. */
  boolean isSameInode(FileIdentity other) {
    return !inode.isEmpty() && inode.equals(other.inode);
  }

  /** Returns whether it holds the bytes that a file held when it was last good. */
  boolean isLastGoodContentOf(FileIdentity other) {
    String good = other.goodContent.isEmpty() ? other.content : other.goodContent;
    return !content.isEmpty() && content.equals(good);
  }

  /** Returns whether it holds the bytes that a file held when it was last read, or last good. */
  boolean isSameContent(FileIdentity other) {
    return !content.isEmpty()
        && (content.equals(other.content) || content.equals(other.goodContent));
  }
}
