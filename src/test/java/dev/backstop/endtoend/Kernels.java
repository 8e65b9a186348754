package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.Typed;
import dev.backstop.kernel.KernelCluster;
import java.util.List;

/** What the end-to-end tests on a kernel share. */
final class Kernels {

  static final String SETS = "ALTER SYSTEM CANCEL BACKUP BACKUPSET";
  static final String PIECES = "ALTER SYSTEM CANCEL BACKUP BACKUPPIECE";
  static final String ARCHIVE = "ALTER SYSTEM STOP BACKUP ARCHIVELOG";

  private Kernels() {}

  /** Names a cluster of the kernel in the configuration. */
  static KernelCluster add(Site site, KernelCluster cluster) {
    return add(site, cluster, KernelCluster.USER, "");
  }

  /** Names it with another user and more settings, each after a comma. */
  static KernelCluster add(Site site, KernelCluster cluster, String user, String more) {
    site.password("kernel", KernelCluster.PASSWORD);
    site.cluster(cluster.name(), flow(cluster.port(), cluster.name(), user, more));
    return cluster;
  }

  static String flow(int port, String name, String user, String more) {
    return ("endpoints: ['127.0.0.1:%d'], user: %s@sys, passwordFile: secrets/kernel,"
            + " expect: {name: %s, id: 1}%s")
        .formatted(port, user, name, more);
  }

  /** Waits until the kernel's audit has that statement as the newest of its cluster. */
  static void awaitSent(KernelCluster cluster, int times, String statement) {
    Site.awaitThat(
        statement + " in the audit",
        () -> cluster.sent().stream().filter(statement::equals).count() >= times);
  }

  /** Returns what a plan says of a kind, and checks that it sent nothing. */
  static JsonNode planned(Site site, KernelCluster cluster, String kind) {
    Typed plan = site.type("plan", "-o", "json");
    assertThat(plan.out()).as(plan.err()).startsWith("{");
    assertThat(cluster.sent()).isEmpty();
    return Site.kind(Site.json(plan.out()), cluster.name(), kind);
  }

  static List<String> verdicts(JsonNode kind) {
    return Site.each(kind.path("jobs"))
        .map(job -> job.path("jobId").asText() + " " + job.path("standing").asText())
        .toList();
  }
}
