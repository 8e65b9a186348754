package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.kernel.KernelCluster;
import dev.backstop.kernel.OnKernel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops secondary backups on a real kernel; what was sent is read from the kernel's audit. */
@OnKernel
class KernelStopIT {

  @TempDir private Path folder;
  private Site site = new Site(Path.of("target"));

  @BeforeEach
  void open() {
    site = new Site(folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void planShowsWhatRuns() {
    try (KernelCluster cluster = KernelCluster.open("hz", 1)) {
      cluster.setJob(7, "BACKUP");
      cluster.pieceJob(8, "DOING");
      cluster.archive("DOING");
      site.cluster("hz", Kernels.flow(cluster));
      Kernels.password(site);
      site.policy("hz", "off");
      Typed plan = site.type("plan");
      assertThat(plan.code()).as(plan.text()).isZero();
      assertThat(plan.out())
          .contains(
              "hz  OceanBase 3.1.5.0 at",
              "backup set job 7 (cluster, BACKUP)",
              "piece job 8 (cluster, DOING)",
              "continuous archive (cluster, DOING)",
              "would send  ALTER SYSTEM CANCEL BACKUP BACKUPPIECE");
      assertThat(cluster.sent()).isEmpty();
    }
  }
}
