package dev.backstop.simulator.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.kernel.Kernel;
import dev.backstop.kernel.OnKernel;
import dev.backstop.simulator.Simulator;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares what one statement of a session can't show: logins, and statements that are ended. */
@OnKernel
class SameConnectionIT {

  private static final int QUERY = 0x03;

  private final int kernel = Kernel.shared().port();

  private static Simulator standIn() {
    return Simulator.of(new CorpusCluster()).rootPassword("").start();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "stranger, ''",
        "stranger@sys, oceanbase",
        "root@nowhere, ''",
        "root@sys#hz, ''",
        "root, nosuchdb",
        "'', ''"
      })
  void loginsAreRefusedAlike(String user, String database) throws IOException {
    try (Simulator simulator = standIn()) {
      WireAnswer real = WireClient.login(kernel, user, database);
      WireAnswer played = WireClient.login(simulator.port(), user, database);

      assertThat(played.aspects()).isEqualTo(real.aspects());
      assertThat(real.kind()).isEqualTo(WireAnswer.Kind.ERROR);
    }
  }

  @Test
  void sleepsAreEndedAlike() throws Exception {
    try (Simulator simulator = standIn()) {
      WireAnswer real = killed(kernel);

      assertThat(real.error()).isEqualTo(1317);
      assertThat(killed(simulator.port()).aspects()).isEqualTo(real.aspects());
    }
  }

  /** Sleeps for 20 s in one session, and ends it from another; that takes effect once it sleeps. */
  private static WireAnswer killed(int port) throws Exception {
    try (WireClient sleeper = WireClient.open(port, "root", "oceanbase");
        WireClient other = WireClient.open(port, "root", "oceanbase")) {
      sleeper.send(QUERY, "SET ob_query_timeout = 60000000");
      List<List<String>> id = List.copyOf(sleeper.send(QUERY, "SELECT CONNECTION_ID()").rows());
      FutureTask<WireAnswer> sleep =
          new FutureTask<>(() -> sleeper.send(QUERY, "SELECT sleep(20)"));
      new Thread(sleep).start();
      while (!sleep.isDone()) {
        other.send(QUERY, "KILL QUERY " + id.get(0).get(0));
      }
      return sleep.get(30, TimeUnit.SECONDS);
    }
  }
}
