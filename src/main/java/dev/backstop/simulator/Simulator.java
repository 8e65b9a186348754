package dev.backstop.simulator;

import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.sql.Account;
import dev.backstop.simulator.sql.SharedCluster;
import dev.backstop.simulator.wire.Door;
import dev.backstop.simulator.wire.Listener;
import dev.backstop.simulator.wire.StatementLog;
import dev.backstop.simulator.wire.WireFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs one simulated cluster behind MySQL's wire protocol, until it is closed.
 *
 * <p>Several can run in one process, each on a port of its own.
 */
public final class Simulator implements AutoCloseable {

  private final SharedCluster shared;
  private final Listener listener;
  private final InetAddress address;

  private Simulator(Builder options) {
    address = options.address;
    shared = new SharedCluster(options.cluster, options.clock);
    listener =
        Listener.start(
            shared,
            new Door(options.kind, options.accounts),
            options.log,
            options.tls,
            new InetSocketAddress(options.address, options.port));
  }

  /** Begins to describe a simulator of a cluster; it has no account yet. */
  public static Builder of(SimulatedCluster cluster) {
    return new Builder(cluster);
  }

  /** Returns the port that clients connect to. */
  public int port() {
    return listener.port();
  }

  /** Returns the address that clients connect to, as {@code host:port}. */
  public String endpoint() {
    return address.getHostAddress() + ":" + port();
  }

  /** Runs an action on the cluster as of now, while no statement touches it. */
  public <T> T locked(Function<SimulatedCluster, T> action) {
    return shared.locked(action);
  }

  /** Lets connections that are made from now on fail, or work again. */
  public void fail(WireFault fault) {
    listener.fail(fault);
  }

  /** Cuts every open connection. */
  public void cutConnections() {
    listener.cutAll();
  }

  /** Counts the clients that are logged in. */
  public int clients() {
    return listener.sessions().size();
  }

  @Override
  public void close() {
    listener.close();
  }

  /** Collects what a simulator needs; one may start several from it. */
  public static final class Builder {

    private final SimulatedCluster cluster;
    private final List<Account> accounts = new ArrayList<>();
    private InetAddress address = InetAddress.getLoopbackAddress();
    private int port;
    private Clock clock = Clock.systemUTC();
    private Door.Kind kind = Door.Kind.OBSERVER;
    private StatementLog log = StatementLog.none();
    private @Nullable SSLContext tls;

    private Builder(SimulatedCluster cluster) {
      this.cluster = cluster;
    }

    /** Lets {@code root@sys} in, with every right. */
    public Builder rootPassword(String password) {
      return account(Account.administrator("root", "sys", password));
    }

    /** Lets another account in. */
    public Builder account(Account account) {
      accounts.add(account);
      return this;
    }

    /** Listens on this address; the default is the loopback. */
    public Builder address(InetAddress bound) {
      address = bound;
      return this;
    }

    /** Listens on this port; the default, 0, is any free one. */
    public Builder port(int wanted) {
      port = wanted;
      return this;
    }

    /** Takes time, and the server's time zone, from this clock; the default is the system's. */
    public Builder clock(Clock source) {
      clock = source;
      return this;
    }

    /** Behaves like this kind of port; the default is an OBServer's. */
    public Builder kind(Door.Kind wanted) {
      kind = wanted;
      return this;
    }

    /** Tells this log of every statement. */
    public Builder statementLog(StatementLog listening) {
      log = listening;
      return this;
    }

    /** Offers TLS, with the certificate that this context holds; without it, there is none. */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /**
     * Opens the port.
     *
     * @throws java.io.UncheckedIOException when the port can't be had
     */
    public Simulator start() {
      return new Simulator(this);
    }
  }
}
