package dev.backstop.folder;

import static dev.backstop.testing.Readings.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.BoundedFile;
import dev.backstop.config.PolicyDefaults;
import dev.backstop.config.PolicyReader;
import dev.backstop.observation.Kind;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.FolderScan.Reading;
import dev.backstop.policy.FolderScan.UnreadEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scans folders of folders, odd names, links and things that are no files. */
class FolderTreeTest {

  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final String ON = "cluster: hz\nsecondaryBackup: on\n";

  private final PolicyReader reader =
      new PolicyReader(
          new PolicyDefaults(Duration.ofSeconds(30), ZoneId.of("UTC"), Set.of("hz")),
          (cron, zone, at) -> {
            if (cron.startsWith("0 0 3")) {
              throw new StackOverflowError();
            }
            return Optional.empty();
          });

  @TempDir private Path base = Path.of("");
  private Path folder = base;
  private Instant now = Instant.parse("2040-06-01T00:00:00Z");
  private final List<String> reads = new ArrayList<>();

  /** What some files hold now, by name, while the file system shows them as they were. */
  private final Map<String, String> contents = new HashMap<>();

  private PolicyFolder source = new PolicyFolder(base, SETTLE, reader);

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(base.resolve("policies"));
    source =
        new PolicyFolder(
            folder,
            SETTLE,
            reader,
            file -> {
              String name = file.getFileName().toString();
              reads.add(name);
              String hidden = contents.get(name);
              return hidden == null ? BoundedFile.read(file) : hidden.getBytes(UTF_8);
            });
  }

  private FolderScan settled() {
    source.scan(at(now));
    now = now.plus(SETTLE);
    FolderScan scan = source.scan(at(now));
    source.scanTaken();
    return scan;
  }

  private Path save(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** Returns the path of a file whose name has these bytes, percent-encoded. */
  private Path bytes(String encoded) {
    return Path.of(URI.create(folder.toUri() + encoded));
  }

  private static List<String> names(FolderScan scan) {
    return scan.files().stream().map(FoundFile::file).toList();
  }

  private static FoundFile file(FolderScan scan, String name) {
    return scan.files().stream()
        .filter(found -> found.file().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + scan.files()));
  }

  private static String problem(FolderScan scan, String name) {
    FoundFile found = file(scan, name);
    assertThat(found.reading()).isEqualTo(Reading.BROKEN);
    return found.problem();
  }

  private static List<String> shown(FolderScan scan) {
    return scan.unread().stream().filter(UnreadEntry::isShown).map(UnreadEntry::path).toList();
  }

  /** Many entries are looked at by several threads. */
  @Test
  void thousandsOfFilesAreListedWithTheMistakesAmongThem() throws IOException {
    for (int i = 0; i < 1_200; i++) {
      save("p%04d.yaml".formatted(i), ON);
    }
    Files.createSymbolicLink(folder.resolve("p0700x.yaml"), folder.resolve("nowhere"));
    FolderScan scan = settled();
    assertThat(scan.files()).hasSize(1_201);
    assertThat(names(scan)).isSorted();
    assertThat(scan.files())
        .filteredOn(found -> found.reading() == Reading.BROKEN)
        .extracting(FoundFile::file)
        .containsExactly("p0700x.yaml");
  }

  @Test
  void extensionCountsInAnyCase() throws IOException {
    save("a.YAML", ON);
    save("b.Yml", ON);
    assertThat(names(settled())).containsExactly("a.YAML", "b.Yml");
  }

  @Test
  void visibleSubfoldersAreReadAndFilesShownByTheirPath() throws IOException {
    save("team/x/a.yaml", ON);
    save(".git/b.yaml", ON);
    save("old.bak/c.yaml", ON);
    FolderScan scan = settled();
    assertThat(names(scan)).containsExactly("team/x/a.yaml");
    assertThat(file(scan, "team/x/a.yaml").name()).isEqualTo("a");
    assertThat(scan.subfolders()).containsOnlyKeys("team", "team/x");
  }

  @Test
  void namesThatTheLocaleCannotDecodeAreDifferentFiles() throws IOException {
    Files.writeString(bytes("%C9%CF.yaml"), "name: sh\n" + ON);
    Files.writeString(bytes("%BA%BC.yaml"), "name: hz\n" + ON);
    Files.writeString(bytes("%E4%B8%8A.yaml"), "name: utf\n" + ON);
    FolderScan scan = settled();
    assertThat(names(scan))
        .containsExactlyInAnyOrder("\\xC9\\xCF.yaml", "\\xBA\\xBC.yaml", "上.yaml");
    assertThat(scan.files()).allMatch(found -> found.reading() == Reading.GOOD);
  }

  @Test
  void nameThatIsWrittenLikeAnEscapeIsAnotherName() throws IOException {
    Files.writeString(bytes("%E4.yaml"), "name: a\n" + ON);
    Files.writeString(bytes("%5CxE4.yaml"), "name: b\n" + ON);
    assertThat(names(settled())).containsExactlyInAnyOrder("\\xE4.yaml", "\\x5CxE4.yaml");
  }

  @Test
  void nameOfAPolicyIsNotMadeOfEscapes() throws IOException {
    Files.writeString(bytes("%E4.yaml"), ON);
    assertThat(problem(settled(), "\\xE4.yaml")).contains("the file's name cannot stand in for it");
  }

  @Test
  void whatIsNotReadIsNamed() throws Exception {
    for (String other : List.of("a.yaml.txt", "b.yml2", "notes", "team/c.conf")) {
      save(other, ON);
    }
    for (String quiet :
        List.of("policy.schema.json", "README.md", ".a.yaml", "a.yaml~", "4913", "#a.yaml#")) {
      save(quiet, ON);
    }
    Files.createDirectory(folder.resolve("x.yaml"));
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("p.yaml").toString()).start().waitFor())
        .isZero();
    FolderScan scan = settled();
    assertThat(scan.files()).isEmpty();
    assertThat(shown(scan))
        .containsExactly("a.yaml.txt", "b.yml2", "notes", "p.yaml", "team/c.conf", "x.yaml");
    assertThat(UnreadListing.of(folder).await())
        .hasSize(6)
        .contains(
            new UnreadEntry(
                "x.yaml",
                "a folder with the name of a policy file",
                FileIdentity.UNKNOWN,
                false,
                false));
  }

  @Test
  void loopIsAMistakeOfTheLink() throws IOException {
    save("team/a.yaml", ON);
    Files.createSymbolicLink(folder.resolve("team/back"), folder);
    FolderScan scan = settled();
    assertThat(names(scan)).containsExactly("team/a.yaml", "team/back");
    assertThat(problem(scan, "team/back")).contains("link to one that it lies in");
    assertThat(file(scan, "team/a.yaml").reading()).isEqualTo(Reading.GOOD);
  }

  @Test
  void ninthLevelIsAMistake() throws IOException {
    save("1/2/3/4/5/6/7/8/a.yaml", ON);
    save("1/2/3/4/5/6/7/8/9/b.yaml", ON);
    FolderScan scan = settled();
    assertThat(names(scan)).containsExactly("1/2/3/4/5/6/7/8/9", "1/2/3/4/5/6/7/8/a.yaml");
    assertThat(problem(scan, "1/2/3/4/5/6/7/8/9")).contains("8 levels");
  }

  /** Its file system gives a time that no calendar has. */
  @ParameterizedTest
  @CsvSource({"+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z"})
  void fileOfAnImpossibleTimeIsReadAsAnyOther(String time) throws IOException {
    FileStamp stamp = FileStamp.of(save("a.yaml", ON));
    FileTime modified = FileTime.from(Instant.parse(time));
    FileStamp odd =
        new FileStamp(
            stamp.type(), stamp.size(), modified, "7", modified, modified, stamp.device());
    assertThat(odd.provesContent(now)).isEqualTo(time.startsWith("-"));
  }

  @Test
  void fileThatCannotBeJudgedIsItsOwnMistakeAndIsJudgedOnce() throws IOException {
    save("bad.yaml", ON + "schedule: 0 0 3 * * ?\n");
    save("good.yaml", ON);
    FolderScan scan = settled();
    assertThat(problem(scan, "bad.yaml")).contains("StackOverflowError");
    assertThat(file(scan, "good.yaml").reading()).isEqualTo(Reading.GOOD);
  }

  @Test
  void unchangedFilesAreReadNoMore() throws IOException {
    save("a.yaml", ON);
    save("team/b.yaml", ON);
    settled();
    reads.clear();
    now = now.plusSeconds(2);
    assertThat(source.scan(at(now)).files()).allMatch(found -> found.reading() == Reading.GOOD);
    assertThat(reads).isEmpty();
  }

  @Test
  void everyFileIsReadOnceAMinuteAllTheSame_butNotAllAtOnce() throws IOException {
    for (int i = 0; i < 50; i++) {
      save("p%s.yaml".formatted(i), "cluster: hz\nsecondaryBackup: on\n");
    }
    settled();
    reads.clear();
    int most = 0;
    for (int scan = 0; scan < 30; scan++) {
      now = now.plusSeconds(2);
      int before = reads.size();
      assertThat(source.scan(at(now)).files()).allMatch(found -> found.reading() == Reading.GOOD);
      most = Math.max(most, reads.size() - before);
    }
    assertThat(reads).doesNotHaveDuplicates().hasSize(50);
    assertThat(most).isLessThan(20);
  }

  @Test
  void changeThatTheTimesHideIsSeenWithinAMinute() throws IOException {
    save("a.yaml", ON);
    settled();
    contents.put("a.yaml", ON.replace(": on", ": off"));
    now = now.plusSeconds(60);
    assertThat(file(source.scan(at(now)), "a.yaml").reading()).isEqualTo(Reading.UNSETTLED);
    now = now.plus(SETTLE);
    assertThat(file(source.scan(at(now)), "a.yaml").policies())
        .extracting(policy -> policy.desired(Kind.DATA))
        .containsExactly(Desired.OFF);
  }

  @Test
  void wordsOfAFileOutsideAreNotShown() throws IOException {
    Path secret = Files.writeString(base.resolve("secret"), "{hunter2: 1, mode: swordfish}\n");
    Files.createSymbolicLink(folder.resolve("a.yaml"), secret);
    String problem = problem(settled(), "a.yaml");
    assertThat(problem)
        .contains("1:2: a key that no policy has", "1:20: a value that is not allowed")
        .doesNotContain("hunter2", "swordfish");
    PolicyCheck check = PolicyCheck.ofFolder(folder, reader, now);
    assertThat(check.problems().toString()).contains("a.yaml").doesNotContain("hunter2", "sword");
    assertThat(PolicyCheck.of(List.of(folder.resolve("a.yaml")), reader, now).problems().toString())
        .doesNotContain("hunter2", "swordfish");
  }

  @Test
  void wordsOfALinkWithinTheFolderAreShown() throws IOException {
    save(".revision/a.yaml", ON + "hunter2: 1\n");
    Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of(".revision/a.yaml"));
    assertThat(problem(settled(), "a.yaml")).contains("'hunter2' is not a key here");
  }

  @Test
  void fileThatMovesToANameThatIsNotReadHasItsInodeAndContent() throws IOException {
    save("a.yaml", ON);
    FileIdentity seen = requireNonNull(file(settled(), "a.yaml").seen());
    Files.move(folder.resolve("a.yaml"), folder.resolve("a.yaml.off"));
    UnreadEntry moved = source.scan(at(now)).unread().get(0);
    assertThat(moved.hasBecome(seen)).isTrue();
    source.scanTaken();
    assertThat(source.scan(at(now)).unread().get(0).hasBecome(seen))
        .as("it was there at the scan before")
        .isFalse();
  }

  @Test
  void copyUnderANameThatIsNotReadIsToldByItsContent() throws IOException {
    save("a.yaml", ON);
    FileIdentity seen = requireNonNull(file(settled(), "a.yaml").seen());
    save("other.txt", ON + "# more");
    Files.copy(folder.resolve("a.yaml"), folder.resolve("a.txt"));
    assertThat(source.scan(at(now)).unread())
        .filteredOn(entry -> entry.hasBecome(seen))
        .extracting(UnreadEntry::path)
        .containsExactly("a.txt");
  }

  /** Lists one folder by what a test says, and all else as it is. */
  private PolicyFolder listing(Path special, Iterator<Path> entries) {
    return new PolicyFolder(
        folder,
        SETTLE,
        reader,
        new FileStability.ByteSource() {
          @Override
          public byte[] read(Path file) throws IOException {
            return BoundedFile.read(file);
          }

          @Override
          public DirectoryStream<Path> list(Path listed) throws IOException {
            return listed.equals(special)
                ? streamOf(entries)
                : FileStability.ByteSource.super.list(listed);
          }
        });
  }

  private static DirectoryStream<Path> streamOf(Iterator<Path> entries) {
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return entries;
      }

      @Override
      public void close() {}
    };
  }

  private static Iterator<Path> failing(Path first) {
    return Stream.iterate(first, one -> one).peek(new Fails(1)).iterator();
  }

  /** Lets so many entries through, and fails as a disk does. */
  private static final class Fails implements Consumer<Path> {
    private int left;

    Fails(int left) {
      this.left = left;
    }

    @Override
    public void accept(Path entry) {
      if (left-- == 0) {
        throw new DirectoryIteratorException(new IOException("Input/output error"));
      }
    }
  }

  @Test
  void listingThatFailsMidwayIsAFolderThatCannotBeRead() throws IOException {
    Path a = save("a.yaml", ON);
    source = listing(folder, failing(a));
    FolderScan scan = source.scan(at(now));
    assertThat(scan.directory().access()).isEqualTo(Access.UNREADABLE);
    assertThat(scan.directory().words()).endsWith("it can't be read: Input/output error");
  }

  @Test
  void listingOfASubfolderThatFailsMidwayIsItsMistakeAndProvesNothing() throws IOException {
    Path a = save("team/a.yaml", ON);
    save("b.yaml", ON);
    source = listing(folder.resolve("team"), failing(a));
    FolderScan scan = source.scan(at(now));
    assertThat(problem(scan, "team")).endsWith("the folder: it can't be read: Input/output error");
    assertThat(scan.subfolders()).isEmpty();
    assertThat(names(scan)).contains("b.yaml");
  }

  @Test
  void listingWithoutAnEndIsAFolderThatCannotBeRead() throws IOException {
    Path a = save("a.yaml", ON);
    source = listing(folder, Stream.iterate(a, one -> one).iterator());
    FolderScan scan = source.scan(at(now));
    assertThat(scan.directory().access()).isEqualTo(Access.UNREADABLE);
    assertThat(scan.directory().words()).endsWith("it has more than 100000 entries");
  }
}
