package dev.backstop.folder;

import static dev.backstop.testing.Readings.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.BoundedFile;
import dev.backstop.config.PolicyDefaults;
import dev.backstop.config.PolicyReader;
import dev.backstop.policy.DeletionGuard;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FolderContext;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.testing.Need;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lets every sort of entry meet every fate on a real file system. What is to become of the policy
 * follows from one sentence: only what its folder, the same as before and listed to the end, proves
 * absent is a deletion.
 */
@Timeout(60)
class EntryFatesTest {

  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String POLICY = "name: a\ncluster: c1\nsecondaryBackup: on\n";
  private static final String OTHER = "name: b\ncluster: c2\nsecondaryBackup: on\n";

  /** What a policy hangs on. */
  enum Entry {
    FILE,
    LINK,
    LINK_INTO_MOUNT,
    FOLDER,
    MOUNTED_FOLDER,
    /** The policy folder itself is a link into a mount. */
    WHOLE_FOLDER
  }

  @TempDir private Path base = Path.of("");
  private Path folder = base;
  private Path mount = base;
  private final List<Path> mounted = new ArrayList<>();
  private Optional<Path> denied = Optional.empty();
  private PolicyFolder source = new PolicyFolder(base, SETTLE, reader());
  private PolicyRegistry registry = PolicyRegistry.EMPTY;
  private Instant now = Instant.parse("2040-06-01T00:00:00Z");

  private static PolicyReader reader() {
    return new PolicyReader(
        new PolicyDefaults(Duration.ofSeconds(30), ZoneId.of("UTC"), Set.of("c1", "c2")),
        (cron, zone, at) -> Optional.empty());
  }

  @BeforeEach
  void makeFolders() throws IOException {
    folder = Files.createDirectory(base.resolve("policies"));
    mount = Files.createDirectory(base.resolve("mnt"));
    Files.writeString(folder.resolve("b.yaml"), OTHER);
  }

  @AfterEach
  void unmount() throws Exception {
    for (Path each : List.copyOf(mounted)) {
      unmount(each);
    }
  }

  private void mount(Path place) throws Exception {
    Need.MOUNTS.orSkip(getClass());
    assertThat(run("mount", "-t", "tmpfs", "backstop-test", place.toString())).isTrue();
    mounted.add(place);
  }

  private void unmount(Path place) throws Exception {
    assertThat(run("umount", place.toString())).isTrue();
    mounted.remove(place);
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  /** Reads as somebody who may not read one file or folder. */
  private final class Reader implements FileStability.ByteSource {
    @Override
    public byte[] read(Path file) throws IOException {
      deny(file);
      return BoundedFile.read(file);
    }

    // The caller closes what it asked for.
    @SuppressWarnings("StreamResourceLeak")
    @Override
    public DirectoryStream<Path> list(Path listed) throws IOException {
      deny(listed);
      return Files.newDirectoryStream(listed);
    }

    private void deny(Path path) throws IOException {
      if (denied.filter(path::equals).isPresent()) {
        throw new AccessDeniedException(path.toString());
      }
    }
  }

  private KnownPolicy scan() {
    FolderScan scan = source.scan(at(now));
    FolderContext context =
        new FolderContext(new DeletionSettings(GRACE, Set.of("c1", "c2")), null);
    registry = DeletionGuard.decide(registry, scan, context).registry();
    source.scanTaken();
    now = now.plus(SETTLE);
    assertThat(registry.ofName("a")).as("a is forgotten: %s", scan).hasSize(1);
    return registry.ofName("a").get(0);
  }

  /** Returns in a word what has become of the policy once every wait is over. */
  private String outcome() {
    scan();
    scan();
    now = now.plus(GRACE);
    KnownPolicy known = scan();
    String phase = known.phase().name().toLowerCase(Locale.ROOT).replace("deletion_", "");
    return phase + known.heldDeletion().map(held -> " " + held.reason().word()).orElse("");
  }

  private Path make(Entry entry) throws Exception {
    Path own = folder.resolve("a.yaml");
    switch (entry) {
      case FILE -> Files.writeString(own, POLICY);
      case LINK ->
          Files.createSymbolicLink(own, Files.writeString(base.resolve("real.yaml"), POLICY));
      case LINK_INTO_MOUNT -> {
        mount(mount);
        Files.createSymbolicLink(own, Files.writeString(mount.resolve("real.yaml"), POLICY));
      }
      case FOLDER -> {
        own = Files.createDirectory(folder.resolve("team"));
        Files.writeString(own.resolve("a.yaml"), POLICY);
      }
      case MOUNTED_FOLDER -> {
        own = Files.createDirectory(folder.resolve("team"));
        mount(own);
        Files.writeString(own.resolve("a.yaml"), POLICY);
      }
      case WHOLE_FOLDER -> {
        mount(mount);
        Files.writeString(mount.resolve("a.yaml"), POLICY);
        Files.writeString(mount.resolve("b.yaml"), OTHER);
        own = Files.createSymbolicLink(base.resolve("current"), mount);
        folder = own;
      }
    }
    source = new PolicyFolder(folder, SETTLE, reader(), new Reader());
    scan0();
    assertThat(outcome()).isEqualTo("good");
    return own;
  }

  /** The first scan knows of nothing yet. */
  private void scan0() {
    source.scan(at(now));
    now = now.plus(SETTLE);
  }

  private static void delete(Path entry) throws IOException {
    if (!Files.isDirectory(entry) || Files.isSymbolicLink(entry)) {
      Files.delete(entry);
      return;
    }
    try (Stream<Path> below = Files.walk(entry)) {
      for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private void suffer(String fate, Path own) throws Exception {
    Path full = Files.createDirectory(base.resolve("full"));
    Files.writeString(full.resolve("a.yaml"), POLICY);
    Path empty = Files.createDirectory(base.resolve("empty"));
    String name = own.getFileName().toString();
    switch (fate) {
      case "removed" -> delete(own);
      case "a file now" -> {
        delete(own);
        Files.writeString(own, POLICY);
      }
      case "a folder now" -> {
        delete(own);
        Files.createDirectory(own);
      }
      case "a pipe now" -> {
        delete(own);
        assertThat(run("mkfifo", own.toString())).isTrue();
      }
      case "a link to a file now" -> {
        delete(own);
        Files.createSymbolicLink(own, full.resolve("a.yaml"));
      }
      case "a link into a mount now" -> {
        mount(mount);
        delete(own);
        Files.writeString(mount.resolve("a.yaml"), POLICY);
        boolean isFile = name.endsWith(".yaml");
        Files.createSymbolicLink(own, isFile ? mount.resolve("a.yaml") : mount);
      }
      case "a link to a full folder now" -> {
        delete(own);
        Files.createSymbolicLink(own, full);
      }
      case "a link to an empty folder now" -> {
        delete(own);
        Files.createSymbolicLink(own, empty);
      }
      case "a link to itself now" -> {
        delete(own);
        Files.createSymbolicLink(own, own);
      }
      case "a dangling link now" -> {
        delete(own);
        Files.createSymbolicLink(own, base.resolve("nowhere"));
      }
      case "its target is gone" -> Files.delete(own.toRealPath());
      case "renamed" -> Files.move(own, own.resolveSibling(name.replaceFirst("a|team", "other")));
      case "renamed in case" -> Files.move(own, folder.resolve("a.YAML"));
      case "renamed unread" ->
          Files.move(own, own.resolveSibling(name.contains(".") ? name + ".off" : name + ".yaml"));
      case "renamed ignored" -> Files.move(own, own.resolveSibling(name + ".bak"));
      case "renamed hidden" -> Files.move(own, own.resolveSibling("." + name));
      case "moved within" ->
          Files.move(own, Files.createDirectory(folder.resolve("sub")).resolve(name));
      case "moved out" -> Files.move(own, base.resolve("moved"));
      case "unreadable" -> {
        denied = Optional.of(own);
        // Whoever takes a permission away changes a time of the file.
        Files.setLastModifiedTime(own, FileTime.fromMillis(0));
      }
      case "unmounted" -> unmount(mounted.get(0));
      case "swapped to a full revision" -> swap(own, full);
      case "swapped to an empty revision" -> swap(own, empty);
      default -> throw new IllegalArgumentException(fate);
    }
  }

  private void swap(Path link, Path target) throws IOException {
    Files.writeString(target.resolve("b.yaml"), OTHER);
    Files.delete(link);
    Files.createSymbolicLink(link, target);
  }

  @ParameterizedTest(name = "{0} that is {1}: {2}")
  @CsvSource({
    "FILE, removed, effective",
    "FILE, a folder now, broken",
    "FILE, a pipe now, broken",
    "FILE, a link to a file now, good",
    "FILE, a link into a mount now, good",
    "FILE, a link to a full folder now, broken",
    "FILE, a link to itself now, broken",
    "FILE, a dangling link now, broken",
    "FILE, renamed, good",
    "FILE, renamed in case, good",
    "FILE, renamed unread, held moved_out_of_reading",
    "FILE, renamed ignored, effective",
    "FILE, renamed hidden, effective",
    "FILE, moved within, good",
    "FILE, moved out, effective",
    "FILE, unreadable, broken",
    "LINK, removed, effective",
    "LINK, a file now, good",
    "LINK, a folder now, broken",
    "LINK, a pipe now, broken",
    "LINK, a link into a mount now, good",
    "LINK, a dangling link now, broken",
    "LINK, its target is gone, broken",
    "LINK, renamed, good",
    "LINK, renamed unread, held moved_out_of_reading",
    "LINK, renamed hidden, effective",
    "LINK, moved within, good",
    "LINK, moved out, effective",
    "LINK, unreadable, broken",
    "LINK_INTO_MOUNT, removed, effective",
    "LINK_INTO_MOUNT, a file now, good",
    "LINK_INTO_MOUNT, a folder now, broken",
    "LINK_INTO_MOUNT, a link to a file now, good",
    "LINK_INTO_MOUNT, its target is gone, broken",
    "LINK_INTO_MOUNT, renamed, good",
    "LINK_INTO_MOUNT, renamed unread, held moved_out_of_reading",
    "LINK_INTO_MOUNT, moved within, good",
    "LINK_INTO_MOUNT, moved out, effective",
    "LINK_INTO_MOUNT, unreadable, broken",
    "LINK_INTO_MOUNT, unmounted, broken",
    "FOLDER, removed, effective",
    "FOLDER, a file now, broken",
    "FOLDER, a folder now, held directory_replaced",
    "FOLDER, a pipe now, broken",
    "FOLDER, a link into a mount now, good",
    "FOLDER, a link to a full folder now, good",
    "FOLDER, a link to an empty folder now, held directory_replaced",
    "FOLDER, a link to itself now, broken",
    "FOLDER, a dangling link now, broken",
    "FOLDER, renamed, good",
    "FOLDER, renamed unread, held moved_out_of_reading",
    "FOLDER, renamed ignored, effective",
    "FOLDER, renamed hidden, effective",
    "FOLDER, moved within, good",
    "FOLDER, moved out, effective",
    "FOLDER, unreadable, broken",
    "MOUNTED_FOLDER, unmounted, held directory_replaced",
    "MOUNTED_FOLDER, unreadable, broken",
    "WHOLE_FOLDER, removed, held directory_missing",
    "WHOLE_FOLDER, a folder now, held directory_replaced",
    "WHOLE_FOLDER, a file now, held directory_unreadable",
    "WHOLE_FOLDER, a dangling link now, held directory_missing",
    "WHOLE_FOLDER, unreadable, held directory_unreadable",
    "WHOLE_FOLDER, unmounted, held directory_replaced",
    "WHOLE_FOLDER, swapped to a full revision, good",
    "WHOLE_FOLDER, swapped to an empty revision, effective",
  })
  void becomesWhatItsFolderProves(Entry entry, String fate, String outcome) throws Exception {
    suffer(fate, make(entry));
    assertThat(outcome()).isEqualTo(outcome);
  }
}
