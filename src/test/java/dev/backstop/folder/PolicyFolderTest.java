package dev.backstop.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PolicyFolderTest {

  @Nested
  class OnDisk extends FolderContract {

    @TempDir private Path temporary = Path.of("");

    @Override
    Path newFolder() {
      return temporary;
    }
  }

  @Nested
  class InMemory extends FolderContract {

    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());

    @Override
    Path newFolder() {
      return files.getPath("/work");
    }

    @AfterEach
    void close() throws IOException {
      files.close();
    }
  }

  @Nested
  class InMemoryWithUnixAttributes extends FolderContract {

    private final FileSystem files =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("basic", "unix").build());

    @Override
    Path newFolder() {
      return files.getPath("/work");
    }

    @AfterEach
    void close() throws IOException {
      files.close();
    }
  }

  @Nested
  @Timeout(60)
  class Events {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir private Path temporary = Path.of("");
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void newFileIsAHint() throws Exception {
      try (FileEventSource events = new FileEventSource(temporary, ended::incrementAndGet)) {
        assertThat(events.await(Duration.ZERO)).as("the watch begins").isTrue();
        assertThat(events.await(Duration.ZERO)).isFalse();
        Files.writeString(temporary.resolve("a.yaml"), "");
        assertThat(events.await(LONG)).isTrue();
        assertThat(ended).hasValue(0);
      }
    }

    @Test
    void deletedFolderEndsTheWatchAndANewOneIsWatched() throws Exception {
      Path folder = Files.createDirectory(temporary.resolve("policies"));
      try (FileEventSource events = new FileEventSource(folder, ended::incrementAndGet)) {
        events.await(Duration.ZERO);
        delete(folder);
        assertThat(events.await(LONG)).isTrue();
        assertThat(ended).hasValue(1);
        assertThat(events.await(Duration.ofMillis(1))).isFalse();
        Files.createDirectory(folder);
        assertThat(events.await(Duration.ZERO)).isTrue();
        Files.writeString(folder.resolve("a.yaml"), "");
        assertThat(events.await(LONG)).isTrue();
        assertThat(ended).hasValue(1);
      }
    }

    @Test
    void folderMovedAwayEndsTheWatch() throws Exception {
      Path folder = Files.createDirectory(temporary.resolve("policies"));
      try (FileEventSource events = new FileEventSource(folder, ended::incrementAndGet)) {
        events.await(Duration.ZERO);
        Files.move(folder, temporary.resolve("old"));
        Files.createDirectory(folder);
        assertThat(events.await(LONG)).isTrue();
        assertThat(ended).hasValue(1);
      }
    }

    @Test
    void swappedLinkIsAHintAndNoEnd() throws Exception {
      Path first = Files.createDirectory(temporary.resolve("v1"));
      Path second = Files.createDirectory(temporary.resolve("v2"));
      Path link = Files.createSymbolicLink(temporary.resolve("policies"), first);
      try (FileEventSource events = new FileEventSource(link, ended::incrementAndGet)) {
        events.await(Duration.ZERO);
        Files.delete(link);
        Files.createSymbolicLink(link, second);
        assertThat(events.await(LONG)).isTrue();
        assertThat(ended).hasValue(0);
      }
    }

    @Test
    void closingEndsAWait() throws Exception {
      FileEventSource events =
          new FileEventSource(temporary.resolve("missing"), ended::incrementAndGet);
      Thread closer = new Thread(events::close);
      closer.start();
      assertThat(events.await(LONG)).isFalse();
      closer.join();
    }

    private void delete(Path folder) throws IOException {
      try (Stream<Path> entries = Files.walk(folder)) {
        List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
        for (Path entry : deepestFirst) {
          Files.delete(entry);
        }
      }
    }
  }
}
