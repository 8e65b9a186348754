package dev.backstop.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.plan.SentStatement.Result;
import dev.backstop.plan.Statement;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.Fault;
import dev.backstop.simulator.cluster.Received;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.state.Outcome;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * States what every {@link Cluster} does, so that a fake can't drift from the real one.
 *
 * <p>What runs was started a minute before {@link #NOW}, where time stands still on both sides:
 * implementations take it from a clock.
 */
public abstract class ClusterContract extends ClusterLookContract {

  @ParameterizedTest
  @EnumSource(Statement.class)
  void sendsExactlyThePermittedStatementOnce(Statement statement) {
    VirtualCluster server = server(ClusterSettings.Builder::rounds);

    Outcome outcome = cluster(server).send(permit(statement));

    assertThat(outcome).isEqualTo(new Outcome(Result.ACCEPTED, 0, "", NOW));
    assertThat(received(server)).containsExactly(statement.sql());
  }

  @Test
  void cancelsSetJob() {
    VirtualCluster server = server(settings -> {});
    server.startSetJob(CopyRequest.all());
    Cluster cluster = cluster(server);

    cluster.send(permit(Statement.CANCEL_BACKUPSET));

    assertThat(cluster.look(Set.of()).sets()).allMatch(job -> job.status().equals("CANCEL"));
  }

  @Test
  void sendsNothing_withoutExpectation() {
    VirtualCluster server = server(settings -> {});

    Outcome outcome = opened(reach(server, NAME, null, 0)).send(permit(Statement.CANCEL_BACKUPSET));

    assertNothingSent(outcome, server);
  }

  @ParameterizedTest
  @CsvSource({"other, 7", "hz, 8", "HZ, 7"})
  void sendsNothing_toAnotherCluster(String name, long id) {
    VirtualCluster server = server(settings -> {});

    Outcome outcome =
        opened(reach(server, NAME, name, id)).send(permit(Statement.CANCEL_BACKUPSET));

    assertNothingSent(outcome, server);
  }

  @Test
  void sendsNothing_toVersionWithoutSecondaryBackup() {
    VirtualCluster server = server(settings -> settings.edition(Edition.CE_4_2));

    assertNothingSent(cluster(server).send(permit(Statement.CANCEL_BACKUPSET)), server);
  }

  @Test
  void sendsNothing_whereAnswersHaveNoRows() {
    VirtualCluster server = server(settings -> settings.fault(Fault.EMPTY_ANSWERS));

    assertNothingSent(cluster(server).send(permit(Statement.CANCEL_BACKUPSET)), server);
  }

  @Test
  void reportsLastingRefusal_inTheServersWords() {
    VirtualCluster server = server(settings -> {});
    server.startPieceJob(CopyRequest.all());

    Outcome outcome = cluster(server).send(permit(Statement.STOP_ARCHIVELOG));

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.error()).isEqualTo(1235);
    assertThat(outcome.words()).contains("not supported");
  }

  @Test
  void reportsMissingPrivilegeAsRefused() {
    VirtualCluster server = server(settings -> settings.fault(Fault.NO_PRIVILEGE));

    Outcome outcome = cluster(server).send(permit(Statement.CANCEL_BACKUPSET));

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.error()).isEqualTo(1227);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "TIMEOUT_APPLIED",
        "TIMEOUT_NOT_APPLIED",
        "CUT_BEFORE",
        "CUT_DURING",
        "CUT_AFTER",
        "ROOTSERVICE_SWITCHING"
      })
  void reportsUnknownOutcome_andNeverTriesAgain(Fault fault) {
    VirtualCluster server = server(settings -> settings.fault(fault));
    server.startSetJob(CopyRequest.all());

    Outcome outcome = cluster(server).send(permit(Statement.CANCEL_BACKUPSET));

    assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
    assertThat(outcome.words()).isNotEmpty();
    assertThat(received(server)).hasSizeLessThanOrEqualTo(1);
  }

  private void assertNothingSent(Outcome outcome, VirtualCluster server) {
    assertThat(outcome.result()).isEqualTo(Result.NOT_SENT);
    assertThat(outcome.words()).isNotEmpty();
    assertThat(received(server)).isEmpty();
  }

  private List<String> received(VirtualCluster server) {
    return locked(server, each -> each.received().stream().map(Received::statement).toList());
  }
}
