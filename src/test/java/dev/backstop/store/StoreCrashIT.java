package dev.backstop.store;

import static dev.backstop.testing.Readings.at;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Statement;
import dev.backstop.state.Actor;
import dev.backstop.state.Authorization;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.LeaseTerm;
import dev.backstop.state.PermitRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes permits, and looks for every one that it was told it has. */
class StoreCrashIT {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final int ENOUGH = 50;

  @TempDir private Path folder;

  @RepeatedTest(3)
  void everyAcknowledgedPermitIsThere_afterKill() throws Exception {
    Path file = folder.resolve("backstop.db");
    List<String> acknowledged = new ArrayList<>();
    Process writer = start(file);
    try (BufferedReader lines = writer.inputReader()) {
      for (int i = 0; i < ENOUGH; i++) {
        acknowledged.add(nextLine(lines));
      }
      // By its handle: Process.destroyForcibly would close what it said before it died.
      writer.toHandle().destroyForcibly();
      writer.waitFor();
      lines.lines().filter(line -> line.endsWith(";")).forEach(acknowledged::add);
    }
    assertThat(writer.exitValue()).isNotZero();
    try (JdbcStore store = JdbcStoreTest.open(file)) {
      List<HistoryEntry> told = store.history(new HistoryQuery(null, Instant.EPOCH, 1_000_000));
      assertThat(told.stream().map(entry -> entry.cluster() + ";").toList())
          .containsAll(acknowledged);
      assertThat(store.records()).hasSameSizeAs(told);
      assertThat(store.permitOutstandingUntil(Disarming.ALL, timeline(NOW))).isPresent();
    }
  }

  private static String nextLine(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    assertThat(line).as("the writer ended by itself").isNotNull();
    return line;
  }

  private static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Takes permits until it is killed, and names the cluster of each one granted. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) {
      Actor actor = new Actor("d", "daemon", "d");
      JdbcStore store = JdbcStoreTest.open(Path.of(arguments[0]));
      for (int i = 0; ; i++) {
        String cluster = "c" + i;
        HistoryEntry entry =
            HistoryEntry.of(NOW, actor, cluster, Kind.DATA, Event.STATEMENT, "for the test");
        Authorization answer =
            store.authorize(
                new PermitRequest(
                    actor,
                    Statement.CANCEL_BACKUPSET,
                    ClusterRecord.none(cluster),
                    null,
                    entry,
                    new LeaseTerm(at(NOW), Duration.ofSeconds(65))));
        if (answer.permit() == null) {
          throw new IllegalStateException(answer.refusal());
        }
        System.out.println(cluster + ";");
      }
    }
  }
}
