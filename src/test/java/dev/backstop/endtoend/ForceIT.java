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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ends everything by force, over the wire: shown, refused, done once, gone on with. */
@Execution(ExecutionMode.CONCURRENT)
class ForceIT {

  private static final String VERB = "cancel-all-backup-force";
  private static final String FORCE = "ALTER SYSTEM CANCEL ALL BACKUP FORCE";
  private static final String STOP = "ALTER SYSTEM STOP BACKUP ARCHIVELOG";
  private static final String PIECES = "ALTER SYSTEM CANCEL BACKUP BACKUPPIECE";
  private static final String SETS = "ALTER SYSTEM CANCEL BACKUP BACKUPSET";
  private static final String KEY = "Pl4ntedAccessKey";

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** Adds a cluster whose leases end soon, and a state store as apply makes it. */
  private Stand add(UnaryOperator<ClusterSettings.Builder> settings, Consumer<VirtualCluster> s) {
    Stand stand = addWithoutStore(settings, s);
    assertThat(site.type("apply").code()).isZero();
    return stand;
  }

  private Stand addWithoutStore(
      UnaryOperator<ClusterSettings.Builder> settings, Consumer<VirtualCluster> s) {
    Stand stand = site.add(Stand.of("hz", 1, settings, s));
    expect(stand, "expect: {name: hz, id: 1}");
    return stand;
  }

  private Stand add(Consumer<VirtualCluster> scene) {
    return add(UnaryOperator.identity(), scene);
  }

  private void expect(Stand stand, String expect) {
    site.cluster(
        "hz",
        "endpoints: ['%s'], user: root@sys, passwordFile: secrets/right, statementTimeout: 2s, %s"
            .formatted(stand.simulator().endpoint(), expect));
  }

  private static void queue(VirtualCluster cluster) {
    cluster.startPieceJob(CopyRequest.item(1));
    cluster.startPieceJob(CopyRequest.item(2));
    cluster.startPieceJob(CopyRequest.item(3));
  }

  private Typed typed(int code, String... arguments) {
    List<String> all = new ArrayList<>(List.of(VERB, "hz"));
    all.addAll(List.of(arguments));
    Typed typed = site.type(all.toArray(String[]::new));
    assertThat(typed.code()).as(typed.text()).isEqualTo(code);
    assertThat(typed.text()).doesNotContain("\tat ", Stand.PASSWORD);
    return typed;
  }

  private Typed confirmed(int code, String... more) {
    List<String> all = new ArrayList<>(List.of("--confirm", "hz", "--reason", "storage is gone"));
    all.addAll(List.of(more));
    return typed(code, all.toArray(String[]::new));
  }

  private static int forced(Stand stand) {
    return Collections.frequency(stand.sent(), FORCE);
  }

  @Test
  void withoutConfirm_itOnlyShows_andLeavesNoTrace() {
    Stand stand =
        addWithoutStore(
            UnaryOperator.identity(),
            cluster -> {
              cluster.startSetJob(CopyRequest.all());
              cluster.startPieceJob(CopyRequest.ofTenant(1001, "file:///data/nfs/pay"));
            });
    Typed shown = typed(0);
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
    assertThat(typed(0).out()).contains("A failed stop is on record: secondary log is NOT_VER");
    assertThat(stand.hasPieces()).isTrue();

    Typed done = confirmed(0);

    assertThat(stand.hasPieces()).isFalse();
    assertThat(forced(stand)).isEqualTo(1);
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
    assertThat(forced(stand)).isEqualTo(1);
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

  /** What is under way can't be called back, but nothing more goes out without its record. */
  @Test
  void storeThatFailsAfterTheForcedEnd_keepsTheRestBack_untilItIsWritable() throws Exception {
    Stand stand = add(ForceIT::queue);
    stand.change(cluster -> cluster.faults().arm(Fault.HUNG_STATEMENT_APPLIED));
    Launched run = launched();
    Site.awaitThat("the forced end", () -> forced(stand) == 1);
    String url = "jdbc:sqlite:" + folder.resolve("state").resolve("backstop.db");
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Site.awaitThat("its words", () -> run.err().contains("nothing more is sent without"));
      assertThat(stand.sent()).containsExactly(FORCE);
      statement.execute("ROLLBACK");
    }
    assertThat(run.awaitEnd()).as(run.err()).isZero();
    assertThat(forced(stand)).isEqualTo(1);
    assertThat(stand.hasPieces()).isFalse();
  }

  @Test
  void answer4527_comesAfterBothWereEmptied_andIsNotRepeated() {
    Stand stand = add(Stand::setAndPieces);
    stand.change(cluster -> cluster.faults().arm(Fault.CONFIG_NOT_SYNC, 1));
    Typed done = confirmed(0, "--even-so");
    assertThat(forced(stand)).isEqualTo(1);
    assertThat(stand.sent()).startsWith(FORCE).contains(SETS, PIECES);
    assertThat(stand.hasJobs()).isFalse();
    assertThat(done.err()).contains("outcome unknown", "4527");
    assertThat(done.out()).contains("both destinations are empty now");

    assertThat(confirmed(0, "--even-so").err()).contains("on record", "4527", "not sent again");
    assertThat(forced(stand)).isEqualTo(1);
  }

  @Test
  void lostAnswerAfterTheEffect_isNotRepeated() {
    Stand stand = add(ForceIT::queue);
    stand.change(cluster -> cluster.faults().arm(Fault.CUT_AFTER));
    Typed done = confirmed(0, "--even-so");
    assertThat(forced(stand)).isEqualTo(1);
    assertThat(stand.hasPieces()).isFalse();
    assertThat(done.err()).contains("outcome unknown");
  }

  @Test
  void lostAnswerWithoutEffect_isNotRepeatedEither_andNotCalledDone() {
    Stand stand =
        add(
            settings -> settings.fault(Fault.STORAGE_UNREACHABLE).fault(Fault.CUT_BEFORE),
            cluster -> cluster.startPieceJob(CopyRequest.item(1)));
    Typed done = confirmed(4, "--even-so", "--timeout", "6s");
    assertThat(done.out()).contains("not proven: still there", "shows no effect");
    assertThat(confirmed(4, "--even-so", "--timeout", "4s").err())
        .contains("not sent again", "outcome unknown");
    assertThat(forced(stand)).isEqualTo(1);
  }

  @Test
  void killedAfterTheForcedEnd_itIsGoneOnWith_andNotSentAgain() {
    Stand stand = add(ForceIT::queue);
    stand.change(cluster -> cluster.faults().arm(Fault.HUNG_STATEMENT_APPLIED));
    Launched first = launched();
    Site.awaitThat("the forced end", () -> forced(stand) == 1);
    first.kill();
    Typed second = confirmed(0, "--even-so");
    assertThat(second.err()).contains("leased to", "no answer on record", "not sent again");
    assertThat(second.out())
        .contains("Recorded before:", "backup_dest = 'file:///data/nfs/backup'");
    assertThat(forced(stand)).isEqualTo(1);
    assertThat(stand.hasPieces()).isFalse();
  }

  @Test
  void endedMidway_itSaysHowToGoOn() {
    Stand stand = add(Stand::set);
    stand.change(cluster -> cluster.faults().arm(Fault.HUNG_STATEMENT));
    Launched first = launched();
    Site.awaitThat("the forced end", () -> forced(stand) == 1);
    assertThat(first.terminate()).isEqualTo(143);
    assertThat(first.err()).contains("Ended midway", "the same command again");
  }

  @Test
  void twoPeopleAtTheSameInstant_sendItOnce() {
    Stand stand = add(ForceIT::queue);
    Launched one = launched();
    Launched other = launched();
    assertThat(List.of(one.awaitEnd(), other.awaitEnd()))
        .as("%s%n%s", one.err(), other.err())
        .containsExactly(0, 0);
    assertThat(forced(stand)).isEqualTo(1);
    assertThat(stand.hasPieces()).isFalse();
    assertThat(one.err() + other.err()).containsOnlyOnce("not sent again");
  }

  private Launched launched() {
    return site.closing(
        Launched.in(folder, Map.of(), VERB, "hz", "--confirm", "hz", "--reason", "r", "--even-so"));
  }

  /** No daemon is there to confirm it. */
  private void disarm() {
    Typed typed = site.type("disarm", "hz", "--reason", "wait");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains("disarmed hz until armed", "no daemon confirms it");
  }

  @Test
  void disarmedMidway_nothingMoreIsSent() throws Exception {
    Stand stand =
        add(
            settings -> settings.fault(Fault.STORAGE_UNREACHABLE).fault(Fault.CUT_BEFORE),
            cluster -> cluster.startPieceJob(CopyRequest.item(1)));
    ExecutorService person = Executors.newSingleThreadExecutor();
    try {
      Future<Typed> running = person.submit(() -> confirmed(3, "--even-so"));
      Site.awaitThat("the forced end", () -> forced(stand) == 1);
      disarm();
      int sent = stand.sent().size();
      assertThat(running.get().out())
          .contains("ended before its time", "backstop arm hz", "6. rebuild");
      assertThat(stand.sent()).hasSize(sent);
    } finally {
      person.shutdownNow();
    }
  }

  @Test
  void setJobOnADeadObserverIsFreed() {
    Stand stand = add(settings -> settings.fault(Fault.OBSERVER_DEAD), Stand::set);
    confirmed(0, "--even-so");
    assertThat(stand.sent()).containsExactly(FORCE);
    assertThat(stand.hasSets()).isFalse();
  }

  @Test
  void afterBothAreSetAgain_itIsANewSituation() {
    Stand stand = add(Stand::set);
    confirmed(0, "--even-so");
    stand.change(
        cluster -> {
          set(cluster, "backup_dest='file:///data/nfs/new'");
          set(cluster, "backup_backup_dest='file:///data/nfs/newer'");
          cluster.startSetJob(CopyRequest.all());
        });
    assertThat(confirmed(1).err()).contains("no failed stop");
    confirmed(0, "--even-so");
    assertThat(forced(stand)).isEqualTo(2);
    assertThat(stand.hasSets()).isFalse();
  }

  private static void set(VirtualCluster cluster, String what) {
    assertThat(cluster.alterSystem("ALTER SYSTEM SET " + what, "sys", cluster.now()).isOk())
        .isTrue();
  }

  @Test
  void disarmedClusterIsRefused_namingArm() {
    Stand stand = add(Stand::set);
    assertThat(site.type("apply").code()).isZero();
    disarm();
    assertThat(confirmed(1, "--even-so").err()).contains("disarmed", "backstop arm hz");
    assertThat(typed(0).out()).contains("It would be refused:", "backstop arm hz");
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void configurationThatOnlyObservesIsRefused() {
    Stand stand = add(Stand::set);
    expect(stand, "tls: {mode: disabled}");
    assertThat(confirmed(1, "--even-so").err()).contains("no expect");
    assertThat(typed(0).out()).contains("It would be refused: the cluster has no expect");
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
    assertThat(typed(0).out()).contains("It would be refused");
    assertThat(stand.sent()).isEmpty();
    site.close();

    Stand four = addWithoutStore(settings -> settings.edition(Edition.CE_4_2), Stand::nothing);
    assertThat(confirmed(5, "--even-so").err()).contains("no secondary backup");
    assertThat(four.sent()).isEmpty();
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void editionThatDoesNotKnowTheStatement_saysSo_andMayBeAskedAgain() {
    Stand stand = add(settings -> settings.edition(Edition.CE_3_1_2), Stand::set);
    Typed done = confirmed(1, "--even-so");
    assertThat(done.err()).contains("refused with 1064");
    assertThat(done.out()).contains("this edition", "nothing was ended").doesNotContain("9026");
    confirmed(1, "--even-so");
    assertThat(forced(stand)).isEqualTo(2);
    assertThat(stand.hasSets()).isTrue();
  }

  @Test
  void withoutAStoreThatCanBeWritten_nothingIsSent() {
    Stand stand = add(Stand::set);
    site.setting("state", "{url: 'jdbc:sqlite:/proc/backstop.db'}");
    confirmed(1, "--even-so");
    assertThat(typed(0).out()).contains("backup set job 1");
    assertThat(stand.sent()).isEmpty();
  }

  /** Without a record nothing could keep it from being sent twice. */
  @Test
  void withoutAStore_itRefusesEvenSo_andMakesNone() {
    Stand stand = addWithoutStore(UnaryOperator.identity(), Stand::set);
    assertThat(confirmed(1, "--even-so").err())
        .contains("there is no state store yet", "backstop apply -c hz makes one")
        .hasLineCount(1);
    assertThat(typed(0).out()).contains("It would be refused: there is no state store yet");
    assertThat(stand.sent()).isEmpty();
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void mistakesInTheCommandAreTold() {
    Stand stand = add(Stand::set);
    assertThat(typed(64, "--confirm", "HZ", "--reason", "r").err()).contains("'HZ', not 'hz'");
    assertThat(typed(64, "--confirm", "hz").err()).contains("--reason");
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
    String text = typed(0).text() + confirmed(0, "--even-so").text();
    text += site.type("history").text() + site.type("history", "-o", "json").text();
    assertThat(text).contains("oss://one?host=h").doesNotContain(KEY);
    assertThat(forced(stand)).isEqualTo(1);
    try (Stream<Path> files = Files.list(folder.resolve("state"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(KEY);
      }
    }
  }
}
