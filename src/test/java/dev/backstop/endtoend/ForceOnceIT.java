package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.Fault;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Sends the forced end once, whatever happens midway. */
class ForceOnceIT extends ForceTestCase {

  /** What is under way can't be called back, but nothing more goes out without its record. */
  @Test
  void storeThatFailsAfterTheForcedEnd_keepsTheRestBack_untilItIsWritable() throws Exception {
    Stand stand = add(ForceIT::queue);
    stand.change(cluster -> cluster.faults().arm(Fault.HUNG_STATEMENT_APPLIED));
    Launched run = launched();
    Site.awaitThat("the forced end", () -> timesForced(stand) == 1);
    String url = "jdbc:sqlite:" + folder.resolve("state").resolve("backstop.db");
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Site.awaitThat("its words", () -> run.err().contains("nothing more is sent without"));
      assertThat(stand.sent()).containsExactly(FORCE);
      statement.execute("ROLLBACK");
    }
    assertThat(run.awaitEnd()).as(run.err()).isZero();
    assertThat(timesForced(stand)).isEqualTo(1);
    assertThat(stand.hasPieces()).isFalse();
  }

  @Test
  void answer4527_comesAfterBothWereEmptied_andIsNotRepeated() {
    Stand stand = add(Stand::setAndPieces);
    stand.change(cluster -> cluster.faults().arm(Fault.CONFIG_NOT_SYNC, 1));
    Typed done = confirmed(0, "--even-so");
    assertThat(timesForced(stand)).isEqualTo(1);
    assertThat(stand.sent()).startsWith(FORCE).contains(SETS, PIECES);
    assertThat(stand.hasJobs()).isFalse();
    assertThat(done.err()).contains("outcome unknown", "4527");
    assertThat(done.out()).contains("both destinations are empty now");

    assertThat(confirmed(0, "--even-so").err()).contains("on record", "4527", "not sent again");
    assertThat(timesForced(stand)).isEqualTo(1);
  }

  @Test
  void lostAnswerAfterTheEffect_isNotRepeated() {
    Stand stand = add(ForceIT::queue);
    stand.change(cluster -> cluster.faults().arm(Fault.CUT_AFTER));
    Typed done = confirmed(0, "--even-so");
    assertThat(timesForced(stand)).isEqualTo(1);
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
    assertThat(timesForced(stand)).isEqualTo(1);
  }

  @Test
  void killedAfterTheForcedEnd_itIsGoneOnWith_andNotSentAgain() {
    Stand stand = add(ForceIT::queue);
    stand.change(cluster -> cluster.faults().arm(Fault.HUNG_STATEMENT_APPLIED));
    Launched first = launched();
    Site.awaitThat("the forced end", () -> timesForced(stand) == 1);
    first.kill();
    Typed second = confirmed(0, "--even-so");
    assertThat(second.err()).contains("leased to", "no answer on record", "not sent again");
    assertThat(second.out())
        .contains("Recorded before:", "backup_dest = 'file:///data/nfs/backup'");
    assertThat(timesForced(stand)).isEqualTo(1);
    assertThat(stand.hasPieces()).isFalse();
  }

  @Test
  void endedMidway_itSaysHowToGoOn() {
    Stand stand = add(Stand::set);
    stand.change(cluster -> cluster.faults().arm(Fault.HUNG_STATEMENT));
    Launched first = launched();
    Site.awaitThat("the forced end", () -> timesForced(stand) == 1);
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
    assertThat(timesForced(stand)).isEqualTo(1);
    assertThat(stand.hasPieces()).isFalse();
    assertThat(one.err() + other.err()).containsOnlyOnce("not sent again");
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
      Site.awaitThat("the forced end", () -> timesForced(stand) == 1);
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
    assertThat(timesForced(stand)).isEqualTo(2);
    assertThat(stand.hasSets()).isFalse();
  }

  private static void set(VirtualCluster cluster, String what) {
    assertThat(cluster.alterSystem("ALTER SYSTEM SET " + what, "sys", cluster.now()).isOk())
        .isTrue();
  }

  @Test
  void editionThatDoesNotKnowTheStatement_saysSo_andMayBeAskedAgain() {
    Stand stand = add(settings -> settings.edition(Edition.CE_3_1_2), Stand::set);
    Typed done = confirmed(1, "--even-so");
    assertThat(done.err()).contains("refused with 1064");
    assertThat(done.out()).contains("this edition", "nothing was ended").doesNotContain("9026");
    confirmed(1, "--even-so");
    assertThat(timesForced(stand)).isEqualTo(2);
    assertThat(stand.hasSets()).isTrue();
  }
}
