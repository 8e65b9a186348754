package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Starts, ends and kills the program as an operating system does. */
@Execution(ExecutionMode.CONCURRENT)
class ProcessIT {

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

  private Launched launch(String... arguments) {
    return site.closing(Launched.in(folder, Map.of(), arguments));
  }

  @Test
  void termEndsRunWith143WithinTenSeconds_andTheNextOneGoesOn() {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Launched run = launch("run");
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(run.isAlive()).isTrue();

    Launched second = launch("run");
    assertThat(second.awaitEnd()).isEqualTo(1);
    assertThat(second.err())
        .contains("another backstop run works on the state store")
        .doesNotContain("\tat ");
    assertThat(run.isAlive()).isTrue();

    Instant told = Instant.now();
    assertThat(run.terminate()).as(run.err()).isEqualTo(143);
    assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).doesNotContain("\tat ", "ERROR");
    assertThat(site.events()).contains("daemon_started", "daemon_stopped");
  }

  @Test
  void daemonsClassPathDoesNotHoldTheSimulator() throws Exception {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Launched run = site.closing(Launched.binary(folder, "run"));
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(run.commandLine())
        .contains("backstop.jar", "sqlite-jdbc-")
        .doesNotContain("simulator");
  }

  @Test
  void deletionWhileTheDaemonIsDownIsNoticedAtItsStart() {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.add(Stand.of("bj", 2, Stand::set));
    site.policy("hz", "on");
    site.policy("bj", "on");
    Launched first = launch("run");
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    first.terminate();
    site.delete("hz");
    launch("run");
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    assertThat(stand.hasSets()).isFalse();
    assertThat(site.events("-c", "hz"))
        .containsSubsequence("deletion_noticed", "deletion_counted", "statement", "stop_proven");
  }

  @Test
  void killedBetweenStatementAndProof_theNextRunProves() {
    Stand stand =
        site.add(
            Stand.of(
                "hz",
                1,
                cluster -> {
                  cluster.startPieceJob(CopyRequest.item(1));
                  cluster.startPieceJob(CopyRequest.item(2));
                }));
    site.policy("hz", "off");
    Launched first = launch("run");
    Site.awaitThat("a statement", () -> !stand.sent().isEmpty());
    first.kill();
    assertThat(site.events()).contains("statement").doesNotContain("stop_proven");
    assertThat(stand.hasPieces()).isTrue();

    launch("run");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(stand.hasPieces()).isFalse();
    assertThat(stand.sent()).hasSize(2);
    assertThat(site.events("-c", "hz"))
        .containsSubsequence("statement", "statement", "stop_proven");
  }

  /** The handler is the first thing that the program installs. */
  @Test
  void hangupDuringTheStartEndsNothing_andReloadsOnceItIsDone() throws Exception {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Launched run = launch("run");
    Site.awaitThat("the handler", () -> run.hasThread("backstop-stderr"));
    run.hangUp();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.awaitEvent("conf_loaded");
    assertThat(run.isAlive()).as(run.err()).isTrue();
  }

  @Test
  void standardErrorThatNobodyReadsKeepsNoStopFromBeingSent() throws Exception {
    Stand stand = site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "on");
    Launched run = site.closing(Launched.unread(folder, "run"));
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    String conf = Files.readString(site.conf());
    Site.write(site.conf(), conf + "mistake: 1\n".repeat(2000));
    run.hangUp();
    site.policy("hz", "off");
    Site.awaitThat("the stop", () -> !stand.hasSets());
    Site.write(site.conf(), conf);
    site.awaitEvent("conf_rejected");
    assertThat(run.terminate()).isEqualTo(143);
  }

  /** A mount or a secret that comes late: the service manager tries again, unlike with 78. */
  @Test
  void configurationThatIsNotThereYetEndsRunWith1_soThatItIsTriedAgain() throws Exception {
    site.add(Stand.of("hz", 1, Stand::set));
    Path conf = site.conf();
    Files.move(conf, conf.resolveSibling("later.yaml"));
    Launched run = launch("run");
    assertThat(run.awaitEnd()).isEqualTo(1);
    assertThat(run.err()).contains("there is no configuration", "yet", "tried again");
  }

  /** 3 would say that something is held. */
  @Test
  void outOfMemoryEndsApplyWith1() {
    site.add(
        Stand.of(
            "hz",
            1,
            cluster -> {
              for (int i = 0; i < 9000; i++) {
                cluster.startPieceJob(CopyRequest.item(1));
              }
            }));
    site.policy("hz", "on");
    Launched apply =
        site.closing(
            Launched.in(
                folder, Map.of("JAVA_TOOL_OPTIONS", "-Xmx12m"), "apply", "--timeout", "20s"));
    assertThat(apply.awaitEnd()).as(apply.err()).isEqualTo(1);
    assertThat(apply.err()).contains("not enough memory");
  }

  @Test
  void demoPlaysItselfWithoutATerminal_andEndsWith0() {
    Launched demo = launch("demo");
    assertThat(demo.awaitEnd()).as("%s\n%s", demo.out(), demo.err()).isZero();
    assertThat(demo.out())
        .contains(
            "ALTER SYSTEM CANCEL BACKUP BACKUPSET",
            "ALTER SYSTEM CANCEL BACKUP BACKUPPIECE",
            "ALTER SYSTEM STOP BACKUP ARCHIVELOG",
            "continuous archive, PAUSED",
            "the views proved it");
    assertThat(demo.err()).isEmpty();
  }

  @Test
  @Needs(Need.MARIADB_CLIENT)
  void simulateServesTheMariadbClient() throws Exception {
    Launched simulate = launch("simulate", "--port", "0");
    Site.awaitThat("its words", () -> simulate.out().contains("Ctrl-C"));
    String command =
        simulate
            .out()
            .lines()
            .map(String::strip)
            .filter(l -> l.startsWith("mariadb "))
            .findFirst()
            .orElseThrow();
    assertThat(shell(command + " -N -e 'SELECT STATUS FROM CDB_OB_BACKUP_BACKUPSET_JOB'"))
        .contains("BACKUP");
    assertThat(simulate.terminate()).isEqualTo(143);
  }

  /** What the daemon proved, somebody else's client sees as well. */
  @Test
  @Needs(Need.MARIADB_CLIENT)
  void mariadbClientSeesTheJobsLeave() throws Exception {
    Stand stand = site.add(Stand.of("hz", 1, Stand::setAndPieces));
    String count =
        "mariadb -h127.0.0.1 -P%d -uroot@sys -p%s oceanbase -N -e 'SELECT COUNT(*) FROM %s'";
    String sets =
        count.formatted(stand.simulator().port(), Stand.PASSWORD, "CDB_OB_BACKUP_BACKUPSET_JOB");
    String pieces =
        count.formatted(stand.simulator().port(), Stand.PASSWORD, "CDB_OB_BACKUP_BACKUPPIECE_JOB");
    assertThat(shell(sets)).isEqualTo("1");
    assertThat(shell(pieces)).isEqualTo("2");
    site.policy("hz", "off");
    Typed apply = site.type("apply");
    assertThat(apply.code()).as(apply.text()).isZero();
    assertThat(shell(sets)).isEqualTo("0");
    assertThat(shell(pieces)).isEqualTo("0");
  }

  private static String shell(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip();
  }
}
