package dev.backstop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.ConfReader;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.Disarming;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which clusters -c chooses, and what of the rest is shown with them. */
class ClusterScopeTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final CommandContext context =
      new CommandContext(
          settings("bj", "hz-1", "hz-2", "sh"), Clock.fixed(NOON, ZoneOffset.UTC), "plan");

  private static Settings settings(String... clusters) {
    StringBuilder conf =
        new StringBuilder("clusterDefaults: {user: root@sys, passwordEnv: P}\nclusters:\n");
    for (String cluster : clusters) {
      conf.append("  " + cluster + ": {endpoints: [10.0.0.1:2881]}\n");
    }
    return Objects.requireNonNull(
        new ConfReader("host", ZoneOffset.UTC)
            .read(
                Path.of("/srv/conf/backstop.yaml"),
                conf.toString().getBytes(StandardCharsets.UTF_8))
            .settings());
  }

  @Test
  void namesAndGlobsChooseTogether_andNothingMeansAll() {
    assertThat(context.clusters(Set.of("hz-*", "sh"))).containsExactly("hz-1", "hz-2", "sh");
    assertThat(context.clusters(Set.of("?j"))).containsExactly("bj");
    assertThat(context.clusters(Set.of())).containsExactly("bj", "hz-1", "hz-2", "sh");
  }

  @Test
  void nameOrGlobThatFitsNothingIsRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> context.clusters(Set.of("hz")))
        .isInstanceOf(BackstopException.class)
        .hasMessage(
            "there is no cluster hz in /srv/conf/backstop.yaml; there are: bj, hz-1, hz-2, sh");
    assertThatThrownBy(() -> context.clusters(Set.of("hz-*", "gz-*")))
        .hasMessageStartingWith("no cluster fits 'gz-*' in /srv/conf/backstop.yaml; there are: ");
  }

  @Test
  void everythingIsFiltered_butWhatMayConcernAnyCluster() {
    HeldSet own = held("own", "hz-1", "sh");
    HeldSet other = held("other", "sh");
    HeldSet unknown = held("unknown", "not-in-conf");
    Disarming all = disarming(Disarming.ALL);
    Disarming sh = disarming("sh");
    PolicyRegistry registry =
        new PolicyRegistry(
            List.of(),
            List.of(
                StrayFile.of("any.yaml", null, null, "1:1: x"),
                StrayFile.of("hz.yaml", null, "hz-1", "1:1: x"),
                StrayFile.of("sh.yaml", null, "sh", "1:1: x")),
            "");

    ClusterScope some = context.scope(Set.of("hz-*"));

    assertThat(some.held(List.of(own, other, unknown))).containsExactly(own);
    assertThat(some.disarmings(List.of(all, sh))).containsExactly(all);
    assertThat(some.policies(registry).strays())
        .extracting(StrayFile::file)
        .containsExactly("any.yaml", "hz.yaml");
    ClusterScope whole = context.scope(Set.of());
    assertThat(whole.held(List.of(own, other, unknown))).containsExactly(own, other, unknown);
    assertThat(whole.policies(registry)).isSameAs(registry);
  }

  @Test
  void personBehindSudoIsNamed() {
    assertThat(CommandContext.personBehind(Map.of("SUDO_USER", "kim"), "backstop"))
        .isEqualTo("kim");
    assertThat(CommandContext.personBehind(Map.of("SUDO_USER", " "), "ann")).isEqualTo("ann");
    assertThat(CommandContext.personBehind(Map.of(), "ann")).isEqualTo("ann");
  }

  private static HeldSet held(String id, String... clusters) {
    return new HeldSet(id, HoldReason.ALL_GONE, List.of(clusters), List.of(), NOON, "release");
  }

  private static Disarming disarming(String cluster) {
    return new Disarming(cluster, "ann", "why", NOON, null);
  }
}
