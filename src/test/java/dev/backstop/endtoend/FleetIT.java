package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.backstop.cli.Typed;
import dev.backstop.config.StateSettings;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.store.Access;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.StoreOpening;
import dev.backstop.testing.Policies;
import dev.backstop.testing.Readings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what is recorded of very many policies. */
class FleetIT {

  private static final int POLICIES = 10_000;
  private static final int ENTRIES = Integer.getInteger("backstop.entries", 200_000);
  private static final int TOLD_AT_ONCE = 5_000;
  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

  @TempDir private Path folder;

  private JdbcStore store() {
    StateSettings state =
        new StateSettings("jdbc:sqlite:" + folder.resolve("state/backstop.db"), null, null);
    return Objects.requireNonNull(StoreOpening.open(state, Access.WRITE).store());
  }

  private void conf(int clusters) throws IOException {
    StringBuilder conf = new StringBuilder("clusters:\n");
    for (int i = 0; i < clusters; i++) {
      conf.append("  c%d: {endpoints: ['h%d:1'], user: u, passwordEnv: P}\n".formatted(i, i));
    }
    Files.createDirectories(folder.resolve("policies"));
    Site.write(
        Files.createDirectories(folder.resolve("conf")).resolve("backstop.yaml"), conf.toString());
  }

  private void tell(int entries) {
    Actor actor = new Actor("site", "daemon", "site");
    try (JdbcStore store = store()) {
      for (int done = 0; done < entries; done += TOLD_AT_ONCE) {
        List<HistoryEntry> some = new ArrayList<>();
        for (int i = done; i < done + TOLD_AT_ONCE; i++) {
          some.add(
              HistoryEntry.of(
                  NOW.plusMillis(i), actor, "c" + i % 100, "p", Event.STATE_CHANGED, "no " + i));
        }
        store.appendHistory(some);
      }
    }
  }

  /** All of it in memory would be some hundred megabytes. */
  @Test
  void historyOfManyRowsIsToldInLittleMemory() throws IOException {
    conf(100);
    tell(ENTRIES);
    Environment small = new Environment(folder).option("-Xmx48m");
    List<String> all = List.of("history", "--since", "2020-01-01", "-o", "json");
    Environment.Result json = small.type(all);
    assertThat(json.code()).isZero();
    assertThat(json.text().lines().filter(line -> line.startsWith("{"))).hasSize(ENTRIES);
    Environment.Result text = small.type(all.subList(0, 3));
    assertThat(text.code()).isZero();
    assertThat(text.text().lines()).hasSize(ENTRIES);
    assertThat(text.text().lines().skip(ENTRIES - 1L).findFirst().orElseThrow())
        .endsWith("no " + (ENTRIES - 1));
  }

  /** A batch at a time, so that whoever writes waits for a part of a second. */
  @Test
  void historyIsTrimmedInSmallParts_untilAllIsDone() {
    tell(ENTRIES);
    try (JdbcStore store = store()) {
      int parts = 1;
      Duration longest = Duration.ZERO;
      boolean isDone = false;
      while (!isDone) {
        long began = System.nanoTime();
        isDone = store.trimHistory(NOW.plusMillis(ENTRIES - 10), Long.MAX_VALUE);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        longest = took.compareTo(longest) > 0 ? took : longest;
        parts++;
      }
      assertThat(parts).isGreaterThan(ENTRIES / 10_000);
      assertThat(longest).isLessThan(Duration.ofSeconds(5));
      assertThat(store.history(new HistoryQuery(null, Instant.MIN, Integer.MAX_VALUE))).hasSize(10);
    }
  }

  @Test
  void statusOfTenThousandPoliciesTakesSeconds() throws IOException {
    conf(POLICIES / 4);
    List<KnownPolicy> policies = new ArrayList<>();
    for (int i = 0; i < POLICIES; i++) {
      policies.add(
          KnownPolicy.good(
              Policies.policy("p" + i).on("c" + i / 4).build(),
              "p" + i + ".yaml",
              Readings.timeline(NOW)));
    }
    try (JdbcStore store = store()) {
      store.saveRegistry(new PolicyRegistry(policies, List.of(), "d"), 0, List.of());
    }
    Typed status =
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Typed.in(folder, "status", "-v"));
    assertThat(status.code()).as(status.err()).isZero();
    assertThat(status.out()).startsWith("2500 clusters: 2500 unknown").contains("p9999.yaml");
  }
}
