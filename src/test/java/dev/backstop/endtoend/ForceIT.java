package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.Typed;
import dev.backstop.simulator.cluster.ArchiveRow;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.Fault;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ends everything by force, over the wire: shown, refused, done. */
class ForceIT extends ForceTestCase {

  private static final String KEY = "Pl4ntedAccessKey";

  @Test
  void withoutConfirm_itOnlyShows_andLeavesNoTrace() {
    Stand stand =
        addWithoutStore(
            UnaryOperator.identity(),
            cluster -> {
              cluster.startSetJob(CopyRequest.all());
              cluster.startPieceJob(CopyRequest.ofTenant(1001, "file:///data/nfs/pay"));
            });
    Typed shown = force(0);
    assertThat(shown.out())
        .contains("primary data backup", "primary log archive", "validate and delete")
        .contains("backup set job 1 (cluster, BACKUP)", "piece job 2 (tenant pay/1001, DOING)")
        .contains("backup_dest = 'file:///data/nfs/backup'")
        .contains("NEW EMPTY DIRECTORY", "9026", "ARCHIVELOG", "BACKUP DATABASE", "OCP")
        .contains("No failed stop", "Without --even-so it is refused")
        .contains(
            "backstop cancel-all-backup-force hz --conf "
                + site.conf()
                + " --confirm hz --reason 'WHY' --even-so");
    assertThat(shown.err()).isEmpty();
    assertThat(stand.sent()).isEmpty();
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void withoutAFailedStopOnRecord_itRefuses_andLeavesNoTrace() {
    Stand stand = addWithoutStore(UnaryOperator.identity(), Stand::setAndPieces);
    assertThat(confirmed(1).err())
        .contains("no failed stop", "backstop apply -c hz", "--even-so")
        .hasLineCount(1);
    assertThat(stand.sent()).isEmpty();
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void whereNothingRuns_itRefuses() {
    Stand stand = add(Stand::nothing);
    assertThat(confirmed(1).err()).contains("nothing of the secondary backup runs", "--even-so");
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void hungFinishIsFreed_besideARunningDaemon() {
    Stand stand =
        add(
            settings -> settings.primary(true, true).fault(Fault.STORAGE_UNREACHABLE),
            ForceIT::queue);
    site.policy("hz", "hz", "off", "verifyWithin: 2s\n");
    site.run();
    Site.awaitThat("NOT_VERIFIED", () -> site.states("hz").get(1).equals("NOT_VERIFIED"));
    assertThat(force(0).out()).contains("A failed stop is on record: secondary log is NOT_VER");
    assertThat(stand.hasPieces()).isTrue();

    Typed done = confirmed(0);

    assertThat(stand.hasPieces()).isFalse();
    assertThat(timesForced(stand)).isEqualTo(1);
    assertThat(stand.sent().subList(stand.sent().indexOf(FORCE), stand.sent().size()))
        .startsWith(FORCE, PIECES, PIECES)
        .containsOnly(FORCE, PIECES);
    assertThat(stand.ask(VirtualCluster::primaryArchives)).isFalse();
    assertThat(done.out())
        .contains("Recorded, before anything is sent")
        .contains("backup_backup_dest = 'file:///data/nfs/backup_backup'")
        .contains("backup_dest_option = 'log_archive_piece_switch_interval=1d'")
        .contains("proven by two looks: no backup set job and no piece job")
        .contains("what can't be proven", "both destinations are empty now", "6. rebuild");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(timesForced(stand)).isEqualTo(1);
    List<JsonNode> told =
        site.history().stream()
            .filter(entry -> entry.path("statement").asText().equals(FORCE))
            .toList();
    assertThat(told.stream().map(entry -> entry.path("event").asText()))
        .containsExactly("statement", "statement_result");
    assertThat(told.get(1).path("outcome").asText()).isEqualTo("accepted");
    assertThat(told.get(0).path("by").asText()).isEqualTo(System.getProperty("user.name"));
    assertThat(told.get(0).path("reason").asText()).contains("storage is gone");
    assertThat(site.events())
        .containsSubsequence(
            "destination_recorded",
            "destination_recorded",
            "destination_recorded",
            "destination_recorded",
            "statement",
            "force_ended");
    assertThat(site.type("history").out()).contains(FORCE);
  }

  @Test
  void archiveThatRunsIsStoppedFirst() {
    Stand stand = add(ClusterSettings.Builder::rounds, VirtualCluster::startArchive);
    Typed done = confirmed(0, "--even-so");
    assertThat(stand.sent()).containsExactly(STOP, FORCE);
    assertThat(stand.ask(VirtualCluster::flag)).isEqualTo("0");
    assertThat(stand.ask(VirtualCluster::archiveRows))
        .extracting(ArchiveRow::status)
        .containsOnly("PAUSED");
    assertThat(done.out()).contains("proven by two looks: the continuous archive does not run");
  }

  @Test
  void archiveThatCannotBeStopped_isToldPlainly_andNotCalledProven() {
    Stand stand =
        add(
            settings -> settings.rounds().backupBackupDest("file:///data/second", ""),
            cluster -> {
              cluster.startArchive();
              cluster.alterSystem(FORCE, "sys", cluster.now());
            });
    Typed done = confirmed(4, "--even-so");
    assertThat(stand.sent()).containsExactly(STOP, FORCE);
    assertThat(done.err()).contains("refused with 1235", "going on even so");
    assertThat(done.out()).contains("not proven: the continuous archive's flag or row");
  }

  @Test
  void whereTheArchiveCannotBeStopped_itEndsBeforeTheForcedEnd() {
    Stand stand =
        add(
            ClusterSettings.Builder::rounds,
            cluster -> {
              cluster.startArchive();
              cluster.alterSystem(FORCE, "sys", cluster.now());
            });
    site.policy("hz", "off");
    site.run();
    Site.awaitThat("REFUSED", () -> site.states("hz").get(1).equals("REFUSED"));
    Typed done = confirmed(4);
    assertThat(done.out())
        .contains("nothing was sent by force: the server refused STOP", "--even-so")
        .doesNotContain("9026");
    assertThat(stand.sent()).containsOnly(STOP).hasSize(2);
  }

  @Test
  void setJobOnADeadObserverIsFreed() {
    Stand stand = add(settings -> settings.fault(Fault.OBSERVER_DEAD), Stand::set);
    confirmed(0, "--even-so");
    assertThat(stand.sent()).containsExactly(FORCE);
    assertThat(stand.hasSets()).isFalse();
  }

  @Test
  void disarmedClusterIsRefused_namingArm() {
    Stand stand = add(Stand::set);
    assertThat(site.type("apply").code()).isZero();
    disarm();
    assertThat(confirmed(1, "--even-so").err()).contains("disarmed", "backstop arm hz");
    assertThat(force(0).out()).contains("It would be refused:", "backstop arm hz");
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void configurationThatOnlyObservesIsRefused() {
    Stand stand = add(Stand::set);
    expect(stand, "tls: {mode: disabled}");
    assertThat(confirmed(1, "--even-so").err()).contains("no expect");
    assertThat(force(0).out()).contains("It would be refused: the cluster has no expect");
    expect(stand, "expect: {name: hz, id: 1}");
    site.setting("mode", "observe");
    assertThat(confirmed(1, "--even-so").err()).contains("mode: observe");
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void wrongClusterUnreadableAndNewServersAreRefused() {
    Stand stand = addWithoutStore(UnaryOperator.identity(), Stand::set);
    expect(stand, "expect: {name: hz, id: 2}");
    assertThat(confirmed(6, "--even-so").err()).contains("expected hz with id 2");
    expect(stand, "expect: {name: hz, id: 1}");
    stand.change(cluster -> cluster.faults().denyTable("CDB_OB_BACKUP_BACKUPPIECE_JOB"));
    assertThat(confirmed(5, "--even-so").err()).contains("unknown is never empty", "GRANT");
    stand.change(cluster -> cluster.faults().clearAll());
    stand.change(cluster -> cluster.faults().arm(Fault.EMPTY_ANSWERS));
    confirmed(5, "--even-so");
    assertThat(force(0).out()).contains("It would be refused");
    assertThat(stand.sent()).isEmpty();
    site.close();

    Stand four = addWithoutStore(settings -> settings.edition(Edition.CE_4_2), Stand::nothing);
    assertThat(confirmed(5, "--even-so").err()).contains("no secondary backup");
    assertThat(four.sent()).isEmpty();
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void withoutAStoreThatCanBeWritten_nothingIsSent() {
    Stand stand = add(Stand::set);
    site.setting("state", "{url: 'jdbc:sqlite:/proc/backstop.db'}");
    confirmed(1, "--even-so");
    assertThat(force(0).out()).contains("backup set job 1");
    assertThat(stand.sent()).isEmpty();
  }

  /** Without a record nothing could keep it from being sent twice. */
  @Test
  void withoutAStore_itRefusesEvenSo_andMakesNone() {
    Stand stand = addWithoutStore(UnaryOperator.identity(), Stand::set);
    assertThat(confirmed(1, "--even-so").err())
        .contains("there is no state store yet", "backstop apply -c hz makes one")
        .hasLineCount(1);
    assertThat(force(0).out()).contains("It would be refused: there is no state store yet");
    assertThat(stand.sent()).isEmpty();
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void mistakesInTheCommandAreTold() {
    Stand stand = add(Stand::set);
    assertThat(force(64, "--confirm", "HZ", "--reason", "r").err()).contains("'HZ', not 'hz'");
    assertThat(force(64, "--confirm", "hz").err()).contains("--reason");
    Typed unknown = site.type(VERB, "sh", "--confirm", "sh", "--reason", "r");
    assertThat(unknown.code()).isEqualTo(64);
    assertThat(unknown.err()).contains("there is no cluster sh");
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void keysOfDestinationsComeOutNowhere() throws IOException {
    Stand stand =
        add(
            settings ->
                settings
                    .backupDest("oss://one?host=h&access_id=" + KEY + "&access_key=" + KEY, "")
                    .backupBackupDest("oss://two?host=h&access_id=" + KEY, "recovery_window=7d"),
            Stand::set);
    String text = force(0).text() + confirmed(0, "--even-so").text();
    text += site.type("history").text() + site.type("history", "-o", "json").text();
    assertThat(text).contains("oss://one?host=h").doesNotContain(KEY);
    assertThat(timesForced(stand)).isEqualTo(1);
    try (Stream<Path> files = Files.list(folder.resolve("state"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(KEY);
      }
    }
  }
}
