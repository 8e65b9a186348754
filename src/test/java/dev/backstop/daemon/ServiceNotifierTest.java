package dev.backstop.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceNotifierTest {

  private final List<String> sent = new ArrayList<>();
  private final ServiceNotifier notifier = new ServiceNotifier(sent::add);

  @Test
  void tellsTheServiceManagerOfEachStep() {
    notifier.ready("2 clusters");
    notifier.beat("2 clusters");
    notifier.stopping();

    assertThat(sent)
        .containsExactly(
            "READY=1\nSTATUS=2 clusters", "WATCHDOG=1\nSTATUS=2 clusters", "STOPPING=1");
  }

  @Test
  void saysWhenAReloadBegan() {
    notifier.reloading();

    assertThat(sent).singleElement().asString().matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
  }

  @Test
  void sendsAStatusOfOneBoundedLine() {
    notifier.beat("a\nWATCHDOG=trigger " + "b".repeat(1_000));

    assertThat(sent.get(0).lines()).hasSize(2);
    assertThat(sent.get(0)).startsWith("WATCHDOG=1\nSTATUS=a WATCHDOG=trigger b");
    assertThat(sent.get(0)).hasSizeLessThan(250);
  }

  @Test
  void survivesASocketThatFails() {
    ServiceNotifier failing =
        new ServiceNotifier(
            message -> {
              throw new IllegalStateException("no socket");
            });

    assertThatCode(() -> failing.ready("")).doesNotThrowAnyException();
  }

  @Test
  void sendsNothingWithoutAServiceManager() {
    assertThatCode(() -> ServiceNotifier.of("").ready("")).doesNotThrowAnyException();
  }
}
