package dev.backstop.folder;

import static dev.backstop.testing.Readings.at;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.BoundedFile;
import dev.backstop.config.PolicyDefaults;
import dev.backstop.config.PolicyReader;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TimedFolderTest {

  private static final Duration SETTLE = Duration.ofMillis(500);

  private final PolicyReader reader =
      new PolicyReader(
          new PolicyDefaults(Duration.ofSeconds(30), ZoneId.of("UTC"), Set.of("hz")),
          (cron, zone, at) -> Optional.empty());

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch mended = new CountDownLatch(1);

  @TempDir private Path path = Path.of("");
  private volatile boolean hangs;
  private Instant now = Instant.parse("2040-06-01T00:00:00Z");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(path.resolve("a.yaml"), "cluster: hz\nsecondaryBackup: on\n");
  }

  @AfterEach
  void end() {
    mended.countDown();
    thread.shutdown();
  }

  private TimedFolder folder(Duration patience) {
    PolicyFolder folder =
        new PolicyFolder(
            path,
            SETTLE,
            reader,
            file -> {
              try {
                if (hangs) {
                  mended.await();
                }
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return BoundedFile.read(file);
            });
    return new TimedFolder(folder, "/policies", patience, nanos::get, thread);
  }

  private FolderScan scan(TimedFolder folder) {
    now = now.plusSeconds(2);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    FolderScan scan = folder.scan(at(now));
    folder.scanEnded(timeline(now));
    folder.scanTaken();
    return scan;
  }

  @Test
  void scanThatEndsIsShownAsItIs() {
    TimedFolder folder = folder(Duration.ofSeconds(30));
    assertThat(scan(folder).files()).hasSize(1);
    assertThat(folder.rescanAt()).contains(timeline(now.plus(SETTLE)));
    assertThat(scan(folder).files().get(0).policies()).isNotEmpty();
    assertThat(folder.rescanAt()).isEmpty();
  }

  @Test
  void listingThatDoesNotEndIsAFolderThatCannotBeRead_untilOneEnds() throws Exception {
    TimedFolder folder = folder(Duration.ofSeconds(2));
    hangs = true;
    assertThat(scan(folder).directory().access()).isEqualTo(Access.UNREADABLE);
    FolderScan later = scan(folder);
    assertThat(later.directory().words()).isEqualTo("/policies: its listing has not ended for 2 s");
    assertThat(folder.rescanAt()).isEmpty();
    hangs = false;
    mended.countDown();
    thread.submit(() -> {}).get();
    assertThat(scan(folder).directory().access()).isEqualTo(Access.READABLE);
  }

  @Test
  void callThatHangsEndsWithTheReason() {
    assertThatThrownBy(
            () ->
                BoundedCalls.call(
                    () -> {
                      mended.await();
                      return 1;
                    },
                    Duration.ofMillis(10)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its listing has not ended for");
  }
}
