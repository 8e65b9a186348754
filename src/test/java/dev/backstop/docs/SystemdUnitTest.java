package dev.backstop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Checks the unit against systemd 219, which CentOS 7 has and no machine of a test. */
class SystemdUnitTest {

  /** Directives that 219 knows, of those that the unit may use. */
  private static final Set<String> KNOWN_TO_219 =
      Set.of(
          "Description",
          "Documentation",
          "After",
          "Wants",
          "Type",
          "NotifyAccess",
          "TimeoutStartSec",
          "TimeoutStopSec",
          "WatchdogSec",
          "User",
          "Group",
          "Environment",
          "ExecStart",
          "ExecReload",
          "KillSignal",
          "SyslogLevel",
          "SuccessExitStatus",
          "Restart",
          "RestartSec",
          "RestartPreventExitStatus",
          "UMask",
          "NoNewPrivileges",
          "ProtectSystem",
          "ProtectHome",
          "PrivateTmp",
          "PrivateDevices",
          "RestrictAddressFamilies",
          "CapabilityBoundingSet",
          "SystemCallArchitectures",
          "SystemCallFilter",
          "SystemCallErrorNumber",
          "DevicePolicy",
          "LimitCORE",
          "WantedBy");

  /** Directives of later versions, with the version; 219 ignores them with a warning. */
  private static final Map<String, Integer> LATER =
      Map.ofEntries(
          Map.entry("RestrictRealtime", 231),
          Map.entry("ProtectControlGroups", 232),
          Map.entry("ProtectKernelModules", 232),
          Map.entry("ProtectKernelTunables", 232),
          Map.entry("RemoveIPC", 232),
          Map.entry("RestrictNamespaces", 233),
          Map.entry("LockPersonality", 235),
          Map.entry("StateDirectory", 235),
          Map.entry("StateDirectoryMode", 235),
          Map.entry("ProtectHostname", 242),
          Map.entry("RestrictSUIDSGID", 242),
          Map.entry("ProtectKernelLogs", 244),
          Map.entry("WatchdogSignal", 244),
          Map.entry("ProtectClock", 245),
          Map.entry("ProtectProc", 247));

  private static Map<String, String> directives() throws IOException {
    Map<String, String> directives = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("systemd", "backstop.service"))) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        directives.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return directives;
  }

  @Test
  void everyDirectiveIsKnownToAnOldSystemd_orOnlyProtectsLess() throws IOException {
    Set<String> unknown = new TreeSet<>(directives().keySet());
    unknown.removeAll(KNOWN_TO_219);

    assertThat(unknown).isEqualTo(new TreeSet<>(LATER.keySet()));
  }

  /**
   * An old systemd does not know the groups: of a list of what is allowed, nothing would be left.
   */
  @Test
  void systemCallsAreAListOfDenials() throws IOException {
    assertThat(directives()).extractingByKey("SystemCallFilter").asString().startsWith("~");
  }

  @Test
  void daemonIsNotifiedOf_watched_andStartedAgain() throws IOException {
    assertThat(directives())
        .containsEntry("Type", "notify")
        .containsEntry("NotifyAccess", "main")
        .containsEntry("Restart", "on-failure")
        .containsEntry("SuccessExitStatus", "143")
        .containsEntry("RestartPreventExitStatus", "64 78")
        .containsKey("WatchdogSec");
  }

  @Test
  void whatIsWrittenBesideTheLogIsAWarning_asAFailedStartIs() throws IOException {
    assertThat(directives())
        .containsEntry("SyslogLevel", "warning")
        .doesNotContainEntry("SyslogLevelPrefix", "false");
  }
}
