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
 * HTTP server of read-only pages by path.
 *
 * <p>All clients are limited: a request has 16 KiB at most, must arrive within 5 s and be answered
 * within 60 s; an idle connection is closed after 10 s; and there are 200 connections at most, of
 * which a new one replaces the one that is idle longest. Each complete request has a thread of its
 * own; the memory of responses is limited by page ({@link ResponseBudget}).
 */
public final class StatusServer implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 200;
  private static final int MAX_THREADS = MAX_CONNECTIONS + 50;

  private final String host;
  private final int configuredPort;
  private final Map<String, PageSource> pages;
  private final BiConsumer<String, RuntimeException> failures;

  private @Nullable ConnectionLoop loop;
  private @Nullable ThreadPoolExecutor threads;

  /**
   * Creates the server without opening a socket.
   *
   * @param host a name or an address of this machine
   * @param port 0 for any free one
   * @param pages by path, as in {@code /metrics}
   * @param failures receives path and cause of a page that failed, of which the client learns
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
   * Starts to listen.
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
    ThreadPoolExecutor executor = newExecutor();
    try {
      ConnectionLoop started =
          new ConnectionLoop(
              address,
              MAX_CONNECTIONS,
              new PageHandler(pages, hosts, failures),
              executor,
              escaped -> failures.accept("http", new IllegalStateException(escaped)));
      thread(started, "http").start();
      loop = started;
      threads = executor;
    } catch (BindException e) {
      throw new IOException(bindMessage(e), e);
    } catch (SocketException e) {
      throw new IOException(message(e), e);
    }
  }

  /** Returns an executor with threads for the requests of all connections, which end when idle. */
  private static ThreadPoolExecutor newExecutor() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        MAX_THREADS,
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

  /** Returns whether other machines can reach a server on this host. */
  public static boolean isOpenToOthers(String host) {
    InetSocketAddress address = new InetSocketAddress(host, 0);
    return !address.isUnresolved() && !address.getAddress().isLoopbackAddress();
  }

  private String bindMessage(BindException cause) {
    String problem = String.valueOf(cause.getMessage());
    if (problem.contains("in use")) {
      return "http.listen: "
          + address()
          + " is already in use; stop what listens there, or choose another port (0 for any free"
          + " one)";
    }
    return message(cause);
  }

  private String message(SocketException cause) {
    return "http.listen: can't listen on "
        + address()
        + ": "
        + cause.getMessage()
        + "; choose an address of this machine and a port that this user may open";
  }

  private String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + configuredPort;
  }

  /**
   * Returns the port.
   *
   * @throws IllegalStateException before {@link #start} and after {@link #close}
   */
  public int port() {
    if (loop == null) {
      throw new IllegalStateException("port: start first");
    }
    return loop.port();
  }

  /** Stops listening and closes all connections at once. */
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
