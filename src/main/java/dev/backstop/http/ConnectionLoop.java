package dev.backstop.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Event loop that accepts, reads and writes all connections in one thread; pages are made by an
 * executor.
 *
 * <p>Where there are too many connections, a new one replaces the one that has waited longest for
 * its client: first one that is closing, then one that is idle or within a request, then one that
 * does not read its response. So idle clients block no others.
 */
final class ConnectionLoop implements Runnable, AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final long SELECT_MILLIS = 250;
  private static final long FAILURE_PAUSE_NANOS = 100_000_000;

  /** A response that is ready for a connection. */
  private record Ready(ClientConnection connection, Response response) {}

  private final int maxConnections;
  private final PageHandler handler;
  private final Executor executor;
  private final Consumer<Throwable> failures;
  private final Selector selector;
  private final ServerSocketChannel listening;
  private final SelectionKey acceptance;
  private final Set<ClientConnection> connections = new HashSet<>();
  private final Queue<Ready> ready = new ConcurrentLinkedQueue<>();

  /**
   * Binds to an address; accepts connections once it runs.
   *
   * @param maxConnections the most connections at a time
   * @param failures receives exceptions of the loop, which continues
   */
  ConnectionLoop(
      InetSocketAddress address,
      int maxConnections,
      PageHandler handler,
      Executor executor,
      Consumer<Throwable> failures)
      throws IOException {
    this.maxConnections = maxConnections;
    this.handler = handler;
    this.executor = executor;
    this.failures = failures;
    this.selector = Selector.open();
    this.listening = ServerSocketChannel.open();
    try {
      listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listening.bind(address, BACKLOG);
      listening.configureBlocking(false);
      acceptance = listening.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  int port() {
    return listening.socket().getLocalPort();
  }

  @Override
  public void run() {
    while (listening.isOpen()) {
      try {
        processEvents();
      } catch (OutOfMemoryError e) {
        // The process can't continue.
        throw e;
      } catch (Throwable e) {
        if (!listening.isOpen()) {
          // Closing the loop may end the current selection by an exception.
          break;
        }
        failures.accept(e);
        LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
      }
    }
    connections.forEach(ClientConnection::close);
    ready.forEach(one -> one.response().close());
  }

  private void processEvents() throws IOException {
    selector.select(SELECT_MILLIS);
    acceptance.interestOps(SelectionKey.OP_ACCEPT);
    for (Ready one = ready.poll(); one != null; one = ready.poll()) {
      respond(one);
    }
    List<SelectionKey> selected = List.copyOf(selector.selectedKeys());
    selector.selectedKeys().clear();
    for (SelectionKey key : selected) {
      if (key.attachment() instanceof ClientConnection connection) {
        serve(connection, key);
      } else if (key.isValid()) {
        accept();
      }
    }
    long now = System.nanoTime();
    List.copyOf(connections).stream().filter(one -> one.isOverdue(now)).forEach(this::drop);
  }

  private void accept() throws IOException {
    for (SocketChannel channel = acceptNext(); channel != null; channel = acceptNext()) {
      if (connections.size() >= maxConnections && !evict()) {
        channel.close();
        return;
      }
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      ClientConnection connection = new ClientConnection(channel, key, System.nanoTime());
      key.attach(connection);
      connections.add(connection);
    }
  }

  /** Returns the next connection; null where there is none, or no file descriptor for it. */
  private @Nullable SocketChannel acceptNext() {
    try {
      return listening.accept();
    } catch (IOException e) {
      evict();
      acceptance.interestOps(0);
      return null;
    }
  }

  private boolean evict() {
    Optional<ClientConnection> oldest =
        connections.stream()
            .filter(one -> one.phase() != ClientConnection.Phase.PROCESSING)
            .min(
                Comparator.comparing(ClientConnection::phase)
                    .thenComparing(ClientConnection::phaseStart));
    oldest.ifPresent(this::drop);
    return oldest.isPresent();
  }

  private void drop(ClientConnection connection) {
    connections.remove(connection);
    connection.close();
  }

  private void serve(ClientConnection connection, SelectionKey key) {
    try {
      if (!key.isValid()) {
        return;
      }
      if (key.isWritable() && connection.write()) {
        connection.onWritten(System.nanoTime());
        handleNext(connection);
      } else if (key.isReadable()) {
        if (!connection.read(System.nanoTime())) {
          drop(connection);
        } else {
          handleNext(connection);
        }
      }
    } catch (IOException | CancelledKeyException e) {
      drop(connection);
    }
  }

  /** Handles the next request, if it is complete. */
  private void handleNext(ClientConnection connection) throws IOException {
    if (connection.phase() != ClientConnection.Phase.READING) {
      return;
    }
    long now = System.nanoTime();
    try {
      RequestHead request = connection.nextRequest(now);
      if (request != null) {
        connection.onProcessing(now);
        executor.execute(() -> make(connection, request));
      }
    } catch (MalformedRequest e) {
      refuse(connection, e.page());
    } catch (RejectedExecutionException e) {
      refuse(connection, ResponseBudget.busy());
    }
  }

  private void refuse(ClientConnection connection, Page page) {
    respond(
        new Ready(
            connection, Response.of(ResponseBudget.Share.free(page), false, true, Instant.now())));
  }

  private void make(ClientConnection connection, RequestHead request) {
    ResponseBudget.Share share = handler.handle(request);
    boolean isHead = request.method().equals("HEAD");
    ready.add(new Ready(connection, Response.of(share, isHead, request.isLast(), Instant.now())));
    selector.wakeup();
  }

  /** Writes at once what the socket accepts, which mostly is all. */
  private void respond(Ready one) {
    ClientConnection connection = one.connection();
    if (!connection.isOpen()) {
      one.response().close();
      return;
    }
    try {
      connection.onResponse(one.response(), System.nanoTime());
      if (connection.write()) {
        connection.onWritten(System.nanoTime());
        handleNext(connection);
      }
    } catch (IOException | CancelledKeyException e) {
      drop(connection);
    }
  }

  /** Stops listening and closes all connections at once. */
  @Override
  public void close() {
    for (AutoCloseable one : new ArrayList<AutoCloseable>(List.of(listening, selector))) {
      try {
        one.close();
      } catch (Exception e) {
        failures.accept(e);
      }
    }
  }
}
