package dev.backstop.daemon;

import java.util.Objects;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies the service manager of what the daemon does: READY, RELOADING, STOPPING, STATUS, and the
 * beats that its watchdog waits for. Without a service manager that asks for it, nothing is sent.
 */
final class ServiceNotifier {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceNotifier.class);
  private static final int LONGEST_STATUS = 200;

  private final Predicate<String> socket;

  /**
   * Creates a notifier.
   *
   * @param socket sends one message; returns whether it was taken
   */
  ServiceNotifier(Predicate<String> socket) {
    this.socket = socket;
  }

  /** Returns the notifier of this process. */
  static ServiceNotifier ofProcess() {
    return of(Objects.requireNonNullElse(System.getenv("NOTIFY_SOCKET"), ""));
  }

  /**
   * Returns the notifier of a socket.
   *
   * @param path the value of NOTIFY_SOCKET; empty where there is no service manager
   */
  static ServiceNotifier of(String path) {
    if (path.isEmpty()) {
      return new ServiceNotifier(message -> false);
    }
    try {
      return new ServiceNotifier(new NotifySocket(path)::send);
    } catch (ReflectiveOperationException e) {
      LOG.warn(
          "systemd waits to be notified, which Java {} can't do; use Java 22 or later, or set"
              + " Type=exec and no WatchdogSec in the unit",
          Runtime.version().feature());
      return new ServiceNotifier(message -> false);
    }
  }

  /** Notifies that the daemon works, at its start or after a reload. */
  void ready(String status) {
    send("READY=1\n" + line(status));
  }

  /** Notifies that the configuration is read again; {@link #ready} follows. */
  void reloading() {
    // Linux counts both from the same start.
    send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1_000);
  }

  /** Notifies that the daemon ends. */
  void stopping() {
    send("STOPPING=1");
  }

  /** Feeds the watchdog, and updates the status line. */
  void beat(String status) {
    send("WATCHDOG=1\n" + line(status));
  }

  private static String line(String status) {
    String oneLine = status.replace('\n', ' ');
    return "STATUS="
        + (oneLine.length() > LONGEST_STATUS ? oneLine.substring(0, LONGEST_STATUS) : oneLine);
  }

  private void send(String message) {
    try {
      if (!socket.test(message)) {
        LOG.debug("the service manager did not take: {}", message);
      }
    } catch (IllegalStateException e) {
      LOG.debug("the service manager can't be notified", e);
    }
  }
}
