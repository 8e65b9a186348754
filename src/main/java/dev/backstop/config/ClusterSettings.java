package dev.backstop.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how to reach one cluster.
 *
 * @param name the name that policies use
 * @param endpoints tried in this order
 * @param user as the server wants it, such as {@code root@sys}
 * @param password where it lies
 * @param tls how the connection is protected
 * @param expect who must answer; null means that the cluster is only observed
 * @param connectTimeout how long one endpoint may take to accept
 * @param statementTimeout how long one statement may take
 */
public record ClusterSettings(
    String name,
    List<Endpoint> endpoints,
    String user,
    Secret password,
    Tls tls,
    @Nullable Expect expect,
    Duration connectTimeout,
    Duration statementTimeout) {

  /** The driver waits so much longer than the server, whose own timeout says more. */
  private static final Duration DRIVER_MARGIN = Duration.ofSeconds(2);

  /** Copies the endpoints; at least one is needed. */
  public ClusterSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("cluster " + name + " has no endpoint");
    }
  }

  /**
   * Returns how long a permit for one statement lasts: what the statement may take, and what the
   * server's own timers may be late.
   */
  public Duration lease() {
    return statementTimeout.plus(LeaseMargin.TOTAL);
  }

  /** Returns how long the driver waits for an answer that may take the server so long. */
  public static Duration driverTimeout(Duration answer) {
    return answer.plus(DRIVER_MARGIN);
  }

  /** Names one server or proxy. */
  public record Endpoint(String host, int port) {
    @Override
    public String toString() {
      return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
  }

  /**
   * Says who must answer: the parameters {@code cluster} and {@code cluster_id}.
   *
   * @param name the cluster's own name
   * @param id the cluster's own id
   */
  public record Expect(String name, long id) {}

  /**
   * Says how the connection is protected.
   *
   * @param mode how strict
   * @param ca the certificate authority's file; null for the system's
   */
  public record Tls(Mode mode, @Nullable Path ca) {

    /** Names how strict TLS is. */
    public enum Mode {
      DISABLED,
      REQUIRED,
      VERIFY_CA,
      VERIFY_FULL
    }
  }
}
