package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStreamTest {

  @TempDir private Path folder;
  private Path descriptor = Path.of("");
  private long device;
  private long inode;

  /** As /proc/self/fd/2 is: a link to what the stream goes to. */
  @BeforeEach
  void open() throws IOException {
    Path stream = Files.createFile(folder.resolve("stream"));
    descriptor = Files.createSymbolicLink(folder.resolve("2"), stream);
    device = (long) Files.getAttribute(stream, "unix:dev");
    inode = (long) Files.getAttribute(stream, "unix:ino");
  }

  @Test
  void streamWhoseDeviceAndInodeSystemdNamesGoesToTheJournal() {
    assertThat(JournalStream.isConnected(device + ":" + inode, descriptor)).isTrue();
  }

  @Test
  void streamThatWasRedirectedDoesNot() {
    assertThat(JournalStream.isConnected(device + ":" + (inode + 1), descriptor)).isFalse();
    assertThat(JournalStream.isConnected((device + 1) + ":" + inode, descriptor)).isFalse();
  }

  @Test
  void processThatSystemdDidNotStartHasNone() {
    assertThat(JournalStream.isConnected(null, descriptor)).isFalse();
    assertThat(JournalStream.isConnected("", descriptor)).isFalse();
  }

  @Test
  void systemWithoutDescriptorsAsFilesHasNone() {
    assertThat(JournalStream.isConnected(device + ":" + inode, folder.resolve("9"))).isFalse();
  }
}
