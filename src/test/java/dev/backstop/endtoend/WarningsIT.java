package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people are warned of, and that each warning says what to type and nothing that is untrue.
 */
class WarningsIT {

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void doctorNamesWhatEveryUserCanWrite_andTheDaemonLogsItOnce() throws Exception {
    site.add(Stand.of("hz", 1, Stand::nothing));
    site.policy("hz", "on");
    mode(site.policies(), "rwxrwxrwx");
    mode(folder.resolve("secrets/right"), "rw-----w-");
    String ofPolicies = "chmod o-w '" + site.policies() + "'";
    String ofPassword = "chmod o-w '" + folder.resolve("secrets/right") + "'";

    Typed doctor = site.type("doctor");

    assertThat(doctor.out()).contains(ofPolicies, ofPassword);
    assertThat(doctor.code()).isZero();

    Launched run = site.closing(Launched.in(folder, Map.of(), "run"));
    Site.awaitThat("the daemon", () -> run.err().contains("PERMITTED"));
    new ProcessBuilder("kill", "-HUP", run.commandPid()).start().waitFor();
    Site.awaitThat("the reload", () -> run.err().contains("loaded"));
    assertThat(run.terminate()).isEqualTo(143);
    assertThat(run.err()).containsOnlyOnce(ofPolicies).containsOnlyOnce(ofPassword);
  }

  @Test
  void causeWithItsOwnRepairGetsNoOther() throws Exception {
    Stand stand = site.add(Stand.of("hz", 1, Stand::nothing));
    mode(folder.resolve("secrets/right"), "rw-r--r--");
    Typed open = site.type("doctor");
    site.cluster(
        "hz",
        "endpoints: ['%s'], user: root@sys, passwordFile: secrets/wrong"
            .formatted(stand.simulator().endpoint()));
    site.password("wrong", "no");
    Typed wrong = site.type("doctor");

    assertThat(open.out()).contains("can be read by others; ").doesNotContain("; repair: check");
    assertThat(wrong.out()).contains("refused user root@sys").doesNotContain("; repair: check");
    assertThat(wrong.out() + site.type("plan").out())
        .as("who looks once tries nothing again")
        .doesNotContain("next try");
    assertThat(open.code() + wrong.code()).isEqualTo(2);
  }

  @Test
  void firstLookThatHangsIsCalledUnderWay_notMissing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      site.password("right", "x");
      site.cluster(
          "hz",
          "endpoints: ['127.0.0.1:%d'], user: root@sys, passwordFile: secrets/right, connectTimeout: 40s"
              .formatted(silent.getLocalPort()));
      site.policy("hz", "off");
      site.run();
      Site.awaitThat("the policy", () -> site.type("status").out().contains("first look"));

      Typed status = site.type("status");

      assertThat(status.out())
          .contains("the first look at cluster hz is under way")
          .doesNotContain("backstop run");
    }
  }

  @Test
  void clustersThatCouldNotBeReadAreCounted() {
    site.cluster("hz", "endpoints: ['127.0.0.1:1'], user: root@sys, passwordFile: secrets/none");
    site.policy("hz", "off");

    assertThat(site.type("plan").out())
        .contains("Nothing would be sent now; 1 cluster could not be read.");
  }
}
