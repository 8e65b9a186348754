package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.config.Secret;
import dev.backstop.jdbc.ClusterPools;
import dev.backstop.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds clusters that connect to test servers, and closes them. */
final class TestClusters implements AutoCloseable {

  static final String PASSWORD = "s3cret-of-root";

  private final Path folder;
  private final Path passwordFile;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<Runnable> closing = new ArrayList<>();
  private Clock clock = Clock.systemUTC();
  private String user = "root@sys";
  private Tls tls = new Tls(Tls.Mode.DISABLED, null);
  private String name = "hz-prod";
  private @Nullable Expect expect = new Expect("hz", 7);
  private Duration connectTimeout = Duration.ofSeconds(5);
  private Duration statementTimeout = Duration.ofSeconds(60);

  TestClusters(Path folder) {
    this.folder = folder;
    this.passwordFile = folder.resolve("password");
    password(PASSWORD);
  }

  TestClusters simulator(Simulator simulator) {
    return endpoint("127.0.0.1", simulator.port());
  }

  TestClusters endpoint(String host, int port) {
    endpoints.add(new Endpoint(host, port));
    return this;
  }

  TestClusters named(String value) {
    name = value;
    return this;
  }

  TestClusters user(String value) {
    user = value;
    return this;
  }

  TestClusters tls(Tls.Mode mode) {
    tls = new Tls(mode, null);
    return this;
  }

  TestClusters expect(@Nullable Expect value) {
    expect = value;
    return this;
  }

  TestClusters clock(Clock value) {
    clock = value;
    return this;
  }

  TestClusters timeouts(Duration connect, Duration statement) {
    connectTimeout = connect;
    statementTimeout = statement;
    return this;
  }

  /** Writes the password file: with a newline, readable for its owner only. */
  TestClusters password(String text) {
    try {
      Files.writeString(passwordFile, text + "\n");
      Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException("no password file in " + folder, e);
    }
    return this;
  }

  OceanBaseCluster cluster() {
    ClusterPools pools = new ClusterPools(clock);
    OceanBaseCluster cluster =
        new OceanBaseCluster(
            new ClusterSettings(
                name,
                endpoints,
                user,
                new Secret(Secret.Source.FILE, passwordFile.toString()),
                tls,
                expect,
                connectTimeout,
                statementTimeout),
            pools,
            clock);
    closing.add(cluster::close);
    closing.add(pools::close);
    return cluster;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
