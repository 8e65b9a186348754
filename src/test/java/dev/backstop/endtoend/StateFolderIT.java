package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Types every verb where the state folder is missing, moved, read-only or somebody else's. */
@Execution(ExecutionMode.CONCURRENT)
class StateFolderIT extends EnvironmentTables {

  @Test
  void withoutAStateFolder() {
    expect(
        USUAL,
        """
        status     0 there is no state store yet
        history    0 there is no state store yet
        approve    1 there is no state store
        forget     1 there is no state store
        disarm     1 there is no state store
        arm        1 there is no state store
        """);
  }

  @Test
  void stateFolderMovedAwayUnderTheDaemon() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      site.setting("http", "{listen: '127.0.0.1:" + free.getLocalPort() + "'}");
    }
    daemon();
    Files.move(folder.resolve("state"), folder.resolve("away"));
    String gone = "answers, so a daemon may run whose store was moved";
    expect(
        USUAL,
        """
        status     1 %1$s
        history    1 %1$s
        doctor     1 %1$s
        plan       1 %1$s
        approve    1 %1$s
        forget     1 %1$s
        disarm     1 %1$s
        arm        1 %1$s
        apply      1 %1$s
        """
            .formatted(gone));
    assertThat(folder.resolve("state")).doesNotExist();
  }

  private void asNobody() throws Exception {
    environment
        .by("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups")
        .from(Environment.copyClasses(temporary.resolve("classes")));
  }

  /** The store's owner is another one, who lets nobody in. */
  @Test
  @Needs(Need.ROOT)
  void byAUserWhoMayNotEnterTheStateFolder() throws Exception {
    daemon();
    asNobody();
    shell("chmod 700 state; chmod 644 secrets/right; chmod 777 .");
    expect(USUAL, DENIED);
    assertThat(environment.type(List.of("status")).text()).contains("sudo -u root backstop status");
  }

  @Test
  @Needs(Need.ROOT)
  void withAStateFolderThatItsOwnUserMayNotEnter() throws Exception {
    atRest();
    asNobody();
    shell("chown -R 65534:65534 .; chmod 000 state");
    expect(USUAL, DENIED);
    shell("chmod 700 state; chmod 000 state/backstop.db");
    expect(USUAL, DENIED);
  }

  @Test
  @Needs(Need.ROOT)
  void withAReadOnlyStateFolder() throws Exception {
    atRest();
    asNobody();
    shell("chown -R 65534:65534 .; chmod 555 state");
    expect(USUAL, AT_REST, NOT_WRITABLE);
  }

  @Test
  @Needs(Need.ROOT)
  void withAStateFolderOfSomebodyElseThatAllMayRead() throws Exception {
    atRest();
    asNobody();
    shell("chown -R 65534:65534 .; chown -R 0:0 state; chmod 755 state; chmod 644 state/*");
    expect(USUAL, AT_REST, NOT_WRITABLE);
  }

  private void shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
