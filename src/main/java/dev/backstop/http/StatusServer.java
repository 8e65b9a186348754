package dev.backstop.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves pages by path over HTTP; nothing behind it can be changed through it.
 *
 * <p>Everybody is bounded: a request has 16 KiB at most, must arrive within 5 s and be answered
 * within 60 s; an idle connection is closed after 10 s; and there are 200 connections at most, of
 * which the one that is idle longest is closed where another comes. Pages are made by a thread for
 * each request that is whole; what they have in memory together is bounded for each page.
 */
public final class StatusServer implements AutoCloseable {

  private static final int CONNECTIONS = 200;
  private static final int THREADS = CONNECTIONS + 50;

  private final String host;
  private final int configuredPort;
  private final Map<String, PageSource> pages;
  private final BiConsumer<String, RuntimeException> failures;

  private @Nullable ConnectionLoop loop;
  private @Nullable ThreadPoolExecutor threads;

  /**
   * Names where to listen and what to serve; opens nothing yet.
   *
   * @param host a name or an address of this machine
   * @param port 0 for any free one
   * @param pages by path, as in {@code /metrics}
   * @param failures is told the path and cause where making a page failed; the client learns
   *     neither
   */
  public StatusServer(
      String host,
      int port,
      Map<String, PageSource> pages,
      BiConsumer<String, RuntimeException> failures) {
    this.host = host;
    this.configuredPort = port;
    this.pages = Map.copyOf(pages);
    this.failures = failures;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException with a message that names the address, the setting and the next step
   */
  public void start() throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, configuredPort);
    if (address.isUnresolved()) {
      throw new IOException(
          "http.listen: host '" + host + "' is unknown; name an address of this machine");
    }
    AllowedHosts hosts = AllowedHosts.of(host, address.getAddress());
    ThreadPoolExecutor makers = makers();
    try {
      ConnectionLoop opened =
          new ConnectionLoop(
              address,
              CONNECTIONS,
              new PageHandler(pages, hosts, failures),
              makers,
              escaped -> failures.accept("http", new IllegalStateException(escaped)));
      thread(opened, "http").start();
      loop = opened;
      threads = makers;
    } catch (BindException e) {
      throw new IOException(refused(e), e);
    } catch (SocketException e) {
      throw new IOException(named(e), e);
    }
  }

  /**
   * Returns threads for the requests of all connections at once; they end when they have had
   * nothing to do.
   */
  private static ThreadPoolExecutor makers() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        THREADS,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> thread(work, "http-" + number.incrementAndGet()));
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Tells whether other machines can reach what listens at a host's name or address. */
  public static boolean isOpenToOthers(String host) {
    InetSocketAddress address = new InetSocketAddress(host, 0);
    return !address.isUnresolved() && !address.getAddress().isLoopbackAddress();
  }

  private String refused(BindException cause) {
    String words = String.valueOf(cause.getMessage());
    if (words.contains("in use")) {
      return "http.listen: "
          + listen()
          + " is already in use; stop what listens there, or choose another port (0 for any free"
          + " one)";
    }
    return named(cause);
  }

  private String named(SocketException cause) {
    return "http.listen: can't listen on "
        + listen()
        + ": "
        + cause.getMessage()
        + "; choose an address of this machine and a port that this user may open";
  }

  private String listen() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + configuredPort;
  }

  /**
   * Returns the port that is listened on.
   *
   * @throws IllegalStateException before {@link #start} and after {@link #close}
   */
  public int port() {
    if (loop == null) {
      throw new IllegalStateException("port: start first");
    }
    return loop.port();
  }

  /** Stops listening and drops what is under way, at once. */
  @Override
  public void close() {
    if (loop != null) {
      loop.close();
      loop = null;
    }
    if (threads != null) {
      threads.shutdownNow();
      threads = null;
    }
  }
}
