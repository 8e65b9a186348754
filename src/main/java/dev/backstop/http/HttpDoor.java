package dev.backstop.http;

import com.sun.net.httpserver.HttpServer;
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
 * within 60 s; an idle connection is closed after 10 s; and there are at most 200 connections where
 * the JDK can count them. There is a thread for each, as one that waits for a slow client helps
 * nobody else. What they have in memory together is bounded for each page.
 */
public final class HttpDoor implements AutoCloseable {

  private static final int CONNECTIONS = 200;
  private static final int THREADS = CONNECTIONS + 50;

  /** The JDK reads these once, when its first server is made, and ignores what it does not know. */
  private static final Map<String, String> BOUNDS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "60",
          "sun.net.httpserver.idleInterval", "10",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          "jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS));

  private final String host;
  private final int configuredPort;
  private final Map<String, PageSource> pages;
  private final BiConsumer<String, RuntimeException> failures;

  private @Nullable HttpServer server;
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
  public HttpDoor(
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
    BOUNDS.forEach(
        (name, bound) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, bound);
          }
        });
    HttpServer opened = open();
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            0,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    opened.setExecutor(pool);
    AllowedHosts hosts = AllowedHosts.of(host, opened.getAddress().getAddress());
    opened.createContext("/", new PageHandler(pages, hosts, failures));
    opened.start();
    server = opened;
    threads = pool;
  }

  private HttpServer open() throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, configuredPort);
    if (address.isUnresolved()) {
      throw new IOException(
          "http.listen: host '" + host + "' is unknown; name an address of this machine");
    }
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      throw new IOException(refused(e), e);
    } catch (SocketException e) {
      throw new IOException(named(e), e);
    }
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
    if (server == null) {
      throw new IllegalStateException("port: start first");
    }
    return server.getAddress().getPort();
  }

  /** Stops listening and drops what is under way, at once. */
  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
    if (threads != null) {
      threads.shutdownNow();
      threads = null;
    }
  }
}
