package dev.backstop.endtoend;

import dev.backstop.kernel.Kernel;
import dev.backstop.kernel.KernelCluster;

/** What the end-to-end tests on a kernel share. */
final class Kernels {

  static final String PASSWORD = "Pl4nted-Passw0rd";

  private Kernels() {}

  static void password(Site site) {
    Kernel.shared()
        .execute(
            "CREATE USER IF NOT EXISTS keeper IDENTIFIED BY '" + PASSWORD + "'",
            "GRANT SELECT ON oceanbase.* TO keeper",
            "GRANT ALTER SYSTEM ON *.* TO keeper");
    site.password("kernel", PASSWORD);
  }

  static String flow(KernelCluster cluster) {
    return "endpoints: ['127.0.0.1:%d'], user: keeper@sys, passwordFile: secrets/kernel, expect: {name: %s, id: 1}"
        .formatted(cluster.port(), cluster.name());
  }
}
