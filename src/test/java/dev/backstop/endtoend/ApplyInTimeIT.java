package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lets {@code apply} meet what hangs or is not there: it ends in time, and never with 0. */
@Execution(ExecutionMode.CONCURRENT)
class ApplyInTimeIT {

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

  private Typed applyWithin(Duration atMost) {
    Instant began = Instant.now();
    Typed apply = site.type("apply", "--timeout", "2s");
    assertThat(Duration.between(began, Instant.now())).as(apply.text()).isLessThan(atMost);
    return apply;
  }

  /** A server that takes the connection and never says a word. */
  @Test
  void lookThatHangsEndsWith5() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      site.cluster(
          "hz",
          ("endpoints: ['127.0.0.1:%d'], user: root@sys, passwordFile: secrets/right,"
                  + " expect: {name: hz, id: 1}, connectTimeout: 60s")
              .formatted(silent.getLocalPort()));
      site.policy("hz", "off");
      Typed apply = applyWithin(Duration.ofSeconds(15));
      assertThat(apply.code()).isEqualTo(5);
      assertThat(apply.out())
          .contains("no look at cluster hz ended in time", "backstop doctor -c hz")
          .doesNotContain("backstop run");
    }
  }

  @Test
  void folderThatIsNotThereEndsWith1() throws IOException {
    site.add(Stand.of("hz", 1, Stand::set));
    Files.delete(site.policies());
    Typed apply = applyWithin(Duration.ofSeconds(15));
    assertThat(apply.code()).as(apply.text()).isEqualTo(1);
    assertThat(apply.text()).contains("policies").doesNotContain("Done");
  }

  @Test
  void folderThatCantBeListedEndsWith1() throws IOException {
    site.add(Stand.of("hz", 1, Stand::set));
    Files.delete(site.policies());
    Files.writeString(site.policies(), "a file where the folder should be");
    Typed apply = applyWithin(Duration.ofSeconds(15));
    assertThat(apply.code()).as(apply.text()).isEqualTo(1);
    assertThat(apply.text()).contains("can't be read").doesNotContain("Done");
  }

  @Test
  void storeThatIsLockedEndsWith1() throws Exception {
    site.add(Stand.of("hz", 1, Stand::set));
    site.policy("hz", "off");
    assertThat(site.type("apply").code()).isZero();
    String url = "jdbc:sqlite:" + folder.resolve("state/backstop.db");
    try (Connection blocker = DriverManager.getConnection(url);
        Statement statement = blocker.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      Typed apply = applyWithin(Duration.ofSeconds(15));
      assertThat(apply.code()).as(apply.text()).isEqualTo(1);
      assertThat(apply.text()).contains("state store");
    }
  }
}
