package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.backstop.cli.Typed;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyBook;
import dev.backstop.settings.StateSettings;
import dev.backstop.store.Access;
import dev.backstop.store.JdbcStore;
import dev.backstop.testing.Policies;
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
  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

  @TempDir private Path folder;

  private JdbcStore store() {
    StateSettings state =
        new StateSettings("jdbc:sqlite:" + folder.resolve("state/backstop.db"), null, null);
    return Objects.requireNonNull(JdbcStore.open(state, Access.WRITE).store());
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

  @Test
  void statusOfTenThousandPoliciesTakesSeconds() throws IOException {
    conf(POLICIES / 4);
    List<KnownPolicy> policies = new ArrayList<>();
    for (int i = 0; i < POLICIES; i++) {
      policies.add(
          KnownPolicy.live(
              Policies.policy("p" + i).on("c" + i / 4).build(), "p" + i + ".yaml", NOW));
    }
    try (JdbcStore store = store()) {
      store.saveBook(new PolicyBook(policies, List.of(), "d"), 0, List.of());
    }
    Typed status =
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Typed.in(folder, "status"));
    assertThat(status.code()).as(status.err()).isZero();
    assertThat(status.out()).contains("p9999.yaml");
  }
}
