package dev.backstop.folder;

import static dev.backstop.testing.Readings.at;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.BoundedFile;
import dev.backstop.config.PolicyDefaults;
import dev.backstop.config.PolicyReader;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.FolderScan.Reading;
import dev.backstop.policy.Policy;
import dev.backstop.schedule.CronExpressions;
import dev.backstop.testing.MovedClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tells what a scan must show, whatever file system the folder is on. */
abstract class FolderContract {

  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final String ON = "name: a\ncluster: hz-prod\nsecondaryBackup: on\n";
  private static final String OFF = "name: a\ncluster: hz-prod\nsecondaryBackup: off\n";

  private static final PolicyReader READER = reader("hz-prod");

  private Path base = Path.of("");
  private Path folder = base;
  private PolicyFolder source = new PolicyFolder(folder, SETTLE, READER);
  private Instant now = Instant.parse("2026-06-01T00:00:00Z");

  /** Returns a new empty folder. */
  abstract Path newFolder() throws IOException;

  @BeforeEach
  void makeFolder() throws IOException {
    base = newFolder();
    folder = Files.createDirectory(base.resolve("policies"));
    source = new PolicyFolder(folder, SETTLE, READER);
  }

  private void readBy(FileStability.ByteSource reads) {
    source = new PolicyFolder(folder, SETTLE, READER, reads);
  }

  private static PolicyReader reader(String cluster) {
    return new PolicyReader(
        new PolicyDefaults(Duration.ofSeconds(30), ZoneId.of("UTC"), Set.of(cluster)),
        CronExpressions::problem);
  }

  private FolderScan scan() {
    return source.scan(at(now));
  }

  private FolderScan settled() {
    scan();
    now = now.plus(SETTLE);
    return scan();
  }

  private void save(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static Policy policyOf(FolderScan scan) {
    assertThat(scan.files()).hasSize(1);
    FoundFile file = scan.files().get(0);
    assertThat(file.reading()).as(file.problem()).isEqualTo(Reading.GOOD);
    return file.policies().get(0);
  }

  private static FolderIdentity identityOf(FolderScan scan) {
    return new FolderIdentity(scan.directory().identity());
  }

  private static List<Reading> readings(FolderScan scan) {
    return scan.files().stream().map(FoundFile::reading).toList();
  }

  @Test
  void fileCountsWhenTwoReadsFarEnoughApartAgree() throws IOException {
    save("a.yaml", OFF);
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
    assertThat(source.rescanAt()).contains(timeline(now.plus(SETTLE)));
    now = now.plus(SETTLE).minusMillis(1);
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
    now = now.plusMillis(1);
    assertThat(policyOf(scan()).data()).isEqualTo(Desired.OFF);
    assertThat(source.rescanAt()).isEmpty();
  }

  /** The process may have stood still between noting the time and reading the file. */
  @Test
  void fileSettlesFromTheEndOfTheScanThatReadItFirst() throws IOException {
    save("a.yaml", OFF);
    scan();
    source.scanEnded(timeline(now.plusSeconds(10)));
    now = now.plusSeconds(10);
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
    assertThat(source.rescanAt()).contains(timeline(now.plus(SETTLE)));
    now = now.plus(SETTLE);
    assertThat(readings(scan())).containsExactly(Reading.GOOD);
  }

  /** Found by the simulation: a file stayed unsettled for as long as the clock had gone back. */
  @Test
  void fileSettlesThoughTheClockGoesBackMeanwhile() throws IOException {
    save("a.yaml", OFF);
    scan();
    MovedClock clock = new MovedClock(now);
    clock.jump(Duration.ofDays(-1));
    assertThat(readings(source.scan(clock.read()))).containsExactly(Reading.UNSETTLED);
    clock.advance(SETTLE);
    assertThat(readings(source.scan(clock.read()))).containsExactly(Reading.GOOD);
  }

  @Test
  void saveInPlaceSettlesAnew() throws IOException {
    save("a.yaml", ON);
    settled();
    save("a.yaml", OFF);
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
    assertThat(policyOf(settled()).data()).isEqualTo(Desired.OFF);
  }

  @Test
  void editOfSameSizeAndTimeIsSeenSoonAfterASave() throws IOException {
    save("a.yaml", OFF);
    FileTime time = FileTime.from(now);
    Files.setLastModifiedTime(folder.resolve("a.yaml"), time);
    settled();
    save("a.yaml", OFF.replace("off", "on "));
    Files.setLastModifiedTime(folder.resolve("a.yaml"), time);
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
  }

  @Test
  void writeAndRenameSettlesAnew() throws IOException {
    save("a.yaml", ON);
    settled();
    save("a.yaml.tmp", OFF);
    Files.move(
        folder.resolve("a.yaml.tmp"),
        folder.resolve("a.yaml"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
    assertThat(policyOf(settled()).data()).isEqualTo(Desired.OFF);
  }

  @Test
  void fileTouchedWithoutAChangeSettlesAnewWithTheSamePolicy() throws IOException {
    save("a.yaml", ON);
    Policy before = policyOf(settled());
    Files.setLastModifiedTime(folder.resolve("a.yaml"), FileTime.from(now.plusSeconds(60)));
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
    assertThat(policyOf(settled())).isEqualTo(before);
  }

  @Test
  void whatEditorsLeaveBesideIsNoPolicyFile() throws IOException {
    save("a.yaml", ON);
    save("b.yml", ON.replace("name: a", "name: b"));
    for (String other :
        List.of(
            ".a.yaml",
            ".#a.yaml",
            ".a.yaml.swp",
            "a.yaml~",
            "a.yaml.swp",
            "a.yaml.tmp",
            "a.yaml.bak",
            "#a.yaml#",
            "4913",
            "README.md",
            "a.yamlx",
            ".yaml")) {
      save(other, OFF);
    }
    Files.createDirectory(folder.resolve("sub.yaml"));
    assertThat(scan().files()).extracting(FoundFile::file).containsExactly("a.yaml", "b.yml");
  }

  @Test
  void halfWrittenFileIsBrokenAndThereforeNoDeletion() throws IOException {
    save("a.yaml", ON);
    settled();
    save("a.yaml", "name: a\ncluster: hz-prod\nsecond");
    FoundFile broken = settled().files().get(0);
    assertThat(broken.reading()).isEqualTo(Reading.BROKEN);
    assertThat(broken.name()).isEqualTo("a");
    assertThat(broken.problem()).startsWith("3:");
  }

  @Test
  void emptyFileIsBrokenAndTellsNoName() throws IOException {
    save("a.yaml", "");
    FoundFile broken = settled().files().get(0);
    assertThat(broken.reading()).isEqualTo(Reading.BROKEN);
    assertThat(broken.name()).isNull();
    assertThat(broken.problem()).isEqualTo("1:1: the file is empty");
  }

  @Test
  void deletedFileIsGoneAtOnceAndSettlesAnewWhenItReturns() throws IOException {
    save("a.yaml", ON);
    settled();
    Files.delete(folder.resolve("a.yaml"));
    assertThat(scan().files()).isEmpty();
    save("a.yaml", ON);
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
  }

  @Test
  void filesOfOneNameAreAllBrokenAndNameEachOther() throws IOException {
    save("a.yaml", ON);
    save("b.yaml", OFF);
    save("c.yaml", OFF.replace("off", "perhaps"));
    assertThat(settled().files())
        .allMatch(file -> file.reading() == Reading.BROKEN)
        .extracting(FoundFile::problem)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        "1:7: name 'a' is also used by b.yaml, c.yaml; every policy needs a name of"
                            + " its own"),
            second -> assertThat(second).contains("also used by a.yaml, c.yaml"),
            third -> assertThat(third).contains("also used by a.yaml, b.yaml", "on or off"));
  }

  /** Until a moved file has settled, the other one is the only one of its name that can be read. */
  @Test
  void fileThatIsLeftOfSeveralOfOneNameCountsOnlyOnceAMovedOneWouldHaveSettled()
      throws IOException {
    save("a.yaml", ON);
    save("b.yaml", OFF);
    settled();
    Files.move(folder.resolve("a.yaml"), folder.resolve("c.yaml"));
    assertThat(scan().files()).extracting(FoundFile::reading).containsOnly(Reading.UNSETTLED);
    now = now.plus(SETTLE);
    assertThat(scan().files()).extracting(FoundFile::reading).containsOnly(Reading.BROKEN);

    Files.delete(folder.resolve("c.yaml"));
    assertThat(scan().files()).extracting(FoundFile::reading).containsOnly(Reading.UNSETTLED);
    assertThat(source.rescanAt()).contains(timeline(now.plus(SETTLE.multipliedBy(2))));
    now = now.plus(SETTLE.multipliedBy(2));
    assertThat(policyOf(scan()).data()).isEqualTo(Desired.OFF);
    assertThat(source.rescanAt()).isEmpty();
  }

  @Test
  void fileThatCannotBeReadIsBrokenAndKeepsItsNameWhileNothingElseChanged() throws IOException {
    boolean[] denied = {false};
    readBy(
        file -> {
          if (denied[0]) {
            throw new AccessDeniedException(file.toString());
          }
          return BoundedFile.read(file);
        });
    save("a.yaml", ON);
    Files.setLastModifiedTime(folder.resolve("a.yaml"), FileTime.from(now));
    settled();
    denied[0] = true;
    FoundFile broken = scan().files().get(0);
    assertThat(broken.reading()).isEqualTo(Reading.BROKEN);
    assertThat(broken.name()).isEqualTo("a");
    assertThat(broken.problem()).contains("permission denied");
    save("a.yaml", OFF);
    assertThat(scan().files().get(0).name()).isNull();
    denied[0] = false;
    assertThat(policyOf(settled()).data()).isEqualTo(Desired.OFF);
  }

  @Test
  void fileThatVanishesBetweenListingAndReadingIsUnsettledOnce() throws IOException {
    readBy(
        file -> {
          Files.delete(file);
          throw new NoSuchFileException(file.toString());
        });
    save("a.yaml", ON);
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
    assertThat(source.rescanAt()).contains(timeline(now.plus(SETTLE)));
    assertThat(scan().files()).isEmpty();
    assertThat(source.rescanAt()).isEmpty();
  }

  @Test
  void fileThatWentWhileAnotherVanishedSettlesAnewWhenItReturns() throws IOException {
    readBy(
        file -> {
          if (file.endsWith("b.yaml")) {
            Files.delete(file);
          }
          return BoundedFile.read(file);
        });
    save("a.yaml", ON);
    now = now.plusSeconds(60);
    settled();
    Files.move(folder.resolve("a.yaml"), base.resolve("a.yaml"));
    save("b.yaml", ON);
    scan();
    Files.move(base.resolve("a.yaml"), folder.resolve("a.yaml"));
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
  }

  @Test
  void fileThatChangesWhileItIsReadIsUnsettled() throws IOException {
    int[] reads = {0};
    readBy(
        file -> {
          byte[] bytes = BoundedFile.read(file);
          Files.setLastModifiedTime(file, FileTime.from(now.plusSeconds(++reads[0])));
          return bytes;
        });
    save("a.yaml", ON);
    assertThat(readings(settled())).containsExactly(Reading.UNSETTLED);
  }

  @Test
  void linksAreFollowedAndOneThatLeadsNowhereIsAMistakeAndNoDeletion() throws IOException {
    Path real = Files.writeString(base.resolve("real"), ON);
    Files.createSymbolicLink(folder.resolve("a.yaml"), real);
    Files.createSymbolicLink(folder.resolve("folder.yaml"), base);
    assertThat(policyOf(settled()).data()).isEqualTo(Desired.ON);
    Files.delete(real);
    FoundFile broken = scan().files().get(0);
    assertThat(broken.reading()).isEqualTo(Reading.BROKEN);
    assertThat(broken.problem()).contains("link that leads nowhere");
  }

  @Test
  void swappedLinkSettlesAnew() throws IOException {
    Path first = Files.createDirectory(base.resolve("v1"));
    Path second = Files.createDirectory(base.resolve("v2"));
    Files.writeString(first.resolve("a.yaml"), ON);
    Files.writeString(second.resolve("a.yaml"), OFF);
    Path link = base.resolve("current");
    Files.createSymbolicLink(link, first);
    source = new PolicyFolder(link, SETTLE, READER);
    String identity = settled().directory().identity();
    Path next = Files.createSymbolicLink(base.resolve("next"), second);
    Files.move(next, link, StandardCopyOption.REPLACE_EXISTING);
    assertThat(readings(scan())).containsExactly(Reading.UNSETTLED);
    FolderScan after = settled();
    assertThat(policyOf(after).data()).isEqualTo(Desired.OFF);
    assertThat(identityOf(after).isAnotherThan(new FolderIdentity(identity))).isFalse();
  }

  @Test
  void replacedFolderHasAnotherIdentity() throws IOException {
    save("a.yaml", ON);
    String identity = settled().directory().identity();
    Files.move(folder, base.resolve("old"));
    assertThat(scan().directory().access()).isEqualTo(Access.MISSING);
    Files.createDirectory(folder);
    FolderScan scan = scan();
    assertThat(scan.directory().access()).isEqualTo(Access.READABLE);
    assertThat(identityOf(scan).isAnotherThan(new FolderIdentity(identity))).isTrue();
  }

  @Test
  void folderKeepsItsIdentityWhileFilesComeAndGo() throws IOException {
    String identity = scan().directory().identity();
    save("a.yaml", ON);
    assertThat(scan().directory().identity()).isEqualTo(identity);
    Files.delete(folder.resolve("a.yaml"));
    assertThat(new PolicyFolder(folder, SETTLE, READER).scan(at(now)).directory().identity())
        .isEqualTo(identity);
  }

  @Test
  void folderThatIsAFileIsUnreadable() throws IOException {
    Files.delete(folder);
    Files.writeString(folder, "");
    FolderScan scan = scan();
    assertThat(scan.directory().access()).isEqualTo(Access.UNREADABLE);
    assertThat(scan.directory().words()).endsWith("it is not a folder");
  }

  @Test
  void endOfTheWatchIsToldUntilAScanIsTaken() {
    source.watchEnded();
    assertThat(scan().directory().watchEnded()).isTrue();
    assertThat(scan().directory().watchEnded()).as("nobody has taken it").isTrue();
    source.watchEnded();
    source.scanTaken();
    assertThat(scan().directory().watchEnded()).as("it ended once more").isTrue();
    source.scanTaken();
    assertThat(scan().directory().watchEnded()).isFalse();
  }

  @Test
  void reloadJudgesSettledFilesAnewWithoutSettling() throws IOException {
    save("a.yaml", ON);
    settled();
    source.reloaded(SETTLE, reader("bj-prod"));
    assertThat(readings(scan())).containsExactly(Reading.BROKEN);
    source.reloaded(SETTLE, READER);
    assertThat(readings(scan())).containsExactly(Reading.GOOD);
  }
}
