package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.daemon.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Changes the policy folder as editors and people do, while the daemon watches it. */
@Execution(ExecutionMode.CONCURRENT)
class FolderTricksIT {

  @TempDir private Path folder;
  private Site site;
  private Stand stand;

  @BeforeEach
  void open() {
    site = new Site(folder);
    stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void watched() {
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
  }

  private void awaitStop() {
    Site.awaitThat("a statement", () -> !stand.sent().isEmpty());
  }

  /** Lets the daemon see what is there now, for longer than a grace. */
  private void awaitSecondsOfLooks() {
    int asked = stand.asked();
    Site.awaitThat("four more looks", () -> stand.asked() >= asked + 4);
  }

  @Test
  void savedInPlace() {
    watched();
    site.policy("hz", "off");
    awaitStop();
  }

  @Test
  void writtenAsideAndRenamed() throws IOException {
    watched();
    Path draft = site.policies().resolve(".hz.yaml.swp");
    Files.writeString(draft, Site.text("hz", "off"));
    Files.move(draft, site.policyFile("hz"), StandardCopyOption.ATOMIC_MOVE);
    awaitStop();
    assertThat(site.events()).doesNotContain("deletion_noticed");
  }

  /** vim: the old file becomes the backup, the new one is written, the backup goes. */
  @Test
  void backedUpThenWritten_isAnEditAndNoDeletion() throws IOException {
    watched();
    Path probe = Files.createFile(site.policies().resolve("4913"));
    Files.delete(probe);
    Path backup = site.policies().resolve("hz.yaml~");
    Files.move(site.policyFile("hz"), backup);
    site.policy("hz", "on");
    Files.delete(backup);
    awaitSecondsOfLooks();
    assertThat(stand.sent()).isEmpty();
    assertThat(site.events()).doesNotContain("deletion_counted");
  }

  @Test
  void swapAndBackupFilesAreNoPolicies() {
    Site.write(site.policies().resolve(".hz.yaml.swp"), "not: a policy");
    Site.write(site.policies().resolve("hz.yaml~"), Site.text("hz", "off"));
    Site.write(site.policies().resolve("#hz.yaml#"), Site.text("hz", "off"));
    Site.write(site.policies().resolve("old.yaml.bak"), Site.text("hz", "off"));
    watched();
    awaitSecondsOfLooks();
    assertThat(stand.sent()).isEmpty();
    assertThat(site.status().path("policies")).hasSize(1);
  }

  @Test
  void truncatedThenSlowlyWritten_isNeitherDeletionNorStop() throws IOException {
    watched();
    Files.writeString(site.policyFile("hz"), "", StandardOpenOption.TRUNCATE_EXISTING);
    awaitSecondsOfLooks();
    assertThat(stand.sent()).isEmpty();
    assertThat(site.states("hz")).containsExactly("PERMITTED", "PERMITTED");
    assertThat(site.events()).contains("policy_broken").doesNotContain("deletion_noticed");
    site.policy("hz", "off");
    awaitStop();
  }

  @Test
  void putBackWithinTheGrace_withdrawsTheDeletion() {
    site.setting("policies", "{settle: 200ms, deletionGrace: 5s}");
    watched();
    site.delete("hz");
    site.awaitEvent("deletion_noticed");
    site.policy("hz", "on");
    site.awaitEvent("deletion_withdrawn");
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void renamedFileOfTheSameName_isNoDeletion() throws IOException {
    site.policy("hz", "hz", "on", "name: hz-prod\n");
    watched();
    Files.move(site.policyFile("hz"), site.policyFile("elsewhere"));
    awaitSecondsOfLooks();
    assertThat(stand.sent()).isEmpty();
    assertThat(site.events()).doesNotContain("deletion_counted");
  }

  @Test
  void renamedPolicy_isSuperseded() throws IOException {
    watched();
    Files.move(site.policyFile("hz"), site.policyFile("other"));
    site.awaitEvent("deletion_superseded");
    awaitSecondsOfLooks();
    assertThat(stand.sent()).isEmpty();
    assertThat(site.states("hz")).containsExactly("PERMITTED", "PERMITTED");
  }

  @Test
  void folderMovedAwayAndBack_stopsNothing() throws IOException {
    watched();
    Path away = folder.resolve("away");
    Files.move(site.policies(), away);
    site.awaitHeld("directory_missing");
    awaitSecondsOfLooks();
    assertThat(stand.sent()).isEmpty();
    Files.move(away, site.policies());
    Site.awaitThat("the hold's end", () -> site.held().isEmpty());
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void folderReplacedByAnEmptyOne_isHeld() throws IOException {
    watched();
    Path fresh = Files.createDirectory(folder.resolve("fresh"));
    Files.move(site.policies(), folder.resolve("away"));
    Files.move(fresh, site.policies());
    Site.awaitThat("a hold", () -> !site.held().isEmpty());
    awaitSecondsOfLooks();
    assertThat(stand.sent()).isEmpty();
  }

  /** Kubernetes mounts and deployments swap a link to a whole new folder. */
  @Test
  void symbolicLinkSwappedToAFolderWithTheEdit_isAnEdit() throws IOException {
    Path first = folder.resolve("v1");
    Files.move(site.policies(), first);
    Files.createSymbolicLink(site.policies(), Path.of("v1"));
    watched();
    Path second = Files.createDirectory(folder.resolve("v2"));
    Files.writeString(second.resolve("hz.yaml"), Site.text("hz", "off"));
    Path link = Files.createSymbolicLink(folder.resolve("next"), Path.of("v2"));
    Files.move(link, site.policies(), StandardCopyOption.ATOMIC_MOVE);
    awaitStop();
    assertThat(site.events()).contains("policy_edited").doesNotContain("deletion_held");
  }

  @Test
  void symbolicLinkSwappedToAFolderWithoutTheFile_countsAsADeletion() throws IOException {
    site.policy("keep", "hz", "off", "tenants: [1002]\n");
    Path first = folder.resolve("v1");
    Files.move(site.policies(), first);
    Files.createSymbolicLink(site.policies(), Path.of("v1"));
    watched();
    Path second = Files.createDirectory(folder.resolve("v2"));
    Files.copy(first.resolve("keep.yaml"), second.resolve("keep.yaml"));
    Path link = Files.createSymbolicLink(folder.resolve("next"), Path.of("v2"));
    Files.move(link, site.policies(), StandardCopyOption.ATOMIC_MOVE);
    site.awaitEvent("deletion_counted");
    awaitStop();
  }

  private void stopsNothing() {
    awaitSecondsOfLooks();
    assertThat(stand.sent()).isEmpty();
    assertThat(site.events()).doesNotContain("deletion_counted");
  }

  @Test
  void extensionInCapitals_isNoDeletion() throws IOException {
    watched();
    Files.move(site.policyFile("hz"), site.policies().resolve("hz.YAML"));
    stopsNothing();
    assertThat(site.status().path("policies").get(0).path("file").asText()).isEqualTo("hz.YAML");
  }

  @Test
  void movedIntoASubfolder_isNoDeletion() throws IOException {
    watched();
    Path team = Files.createDirectory(site.policies().resolve("team"));
    Files.move(site.policyFile("hz"), team.resolve("hz.yaml"));
    stopsNothing();
    assertThat(site.states("hz")).containsExactly("PERMITTED", "PERMITTED");
    site.policy("team/hz", "hz", "off", "");
    awaitStop();
  }

  @Test
  void renamedToWhatIsNotRead_isHeldAndNamed() throws IOException {
    watched();
    Files.move(site.policyFile("hz"), site.policies().resolve("hz.yaml.txt"));
    site.awaitHeld("moved_out_of_reading");
    stopsNothing();
    assertThat(site.status().path("ignoredFiles").get(0).path("file").asText())
        .isEqualTo("hz.yaml.txt");
    assertThat(site.type("status").out()).contains("Not read in the policy folder", "hz.yaml.txt");
    assertThat(site.type("doctor").out()).contains("hz.yaml.txt");
    assertThat(site.type("validate").err()).contains("hz.yaml.txt");
  }

  /** What docker makes of a missing file that it is to mount. */
  @Test
  void folderInTheFilesPlace_isNoDeletion() throws IOException {
    watched();
    site.delete("hz");
    Files.createDirectory(site.policyFile("hz"));
    site.awaitEvent("policy_broken");
    stopsNothing();
    assertThat(site.states("hz")).containsExactly("PERMITTED", "PERMITTED");
  }

  @Test
  void otherFolderInTheConf_holdsWhatLiesOnlyInTheOldOne() throws IOException {
    Path first = Files.createDirectory(folder.resolve("v1"));
    Path second = Files.createDirectory(folder.resolve("v2"));
    Files.move(site.policyFile("hz"), first.resolve("hz.yaml"));
    Files.writeString(second.resolve("b.yaml"), Site.text("hz", "off") + "tenants: [1002]\n");
    Files.createSymbolicLink(folder.resolve("one"), first);
    Files.createSymbolicLink(folder.resolve("two"), second);
    site.setting("policies", "{directory: one, settle: 200ms, deletionGrace: 1s}");
    Running daemon = site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.setting("policies", "{directory: two, settle: 200ms, deletionGrace: 1s}");
    daemon.reload();
    site.awaitHeld("directory_replaced");
    stopsNothing();
    daemon.close();
    site.run();
    stopsNothing();
    assertThat(site.held()).hasSize(1);
  }

  @Test
  void newFileWithAMistake_isToldAndSoIsItsEnd() {
    watched();
    Path typo = site.policies().resolve("typo.yaml");
    Site.write(typo, "name: typo\ncluster: hz\nsecondaryBackup: offf\n");
    site.awaitEvent("policy_invalid");
    assertThat(site.history().stream().map(entry -> entry.path("reason").asText()))
        .anySatisfy(words -> assertThat(words).startsWith("typo.yaml:3:18: "));
    site.policy("typo", "hz", "on", "");
    site.awaitEvent("policy_invalid_ended");
  }
}
