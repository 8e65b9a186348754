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
 * Accepts, reads and writes all connections in one thread that never waits for a client; pages are
 * made by others.
 *
 * <p>Where all places are taken, a newcomer takes that of the connection that has waited longest
 * for its client: first one that ends, then one that is idle or amid a request, then one that does
 * not read its response. So nobody is kept out by clients that do nothing.
 */
final class ConnectionLoop implements Runnable, AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final long TURN_MILLIS = 250;
  private static final long PAUSE_NANOS = 100_000_000;

  /** A page that was made for a connection. */
  private record Made(ClientConnection connection, Response answer) {}

  private final int places;
  private final PageHandler handler;
  private final Executor makers;
  private final Consumer<Throwable> failures;
  private final Selector selector;
  private final ServerSocketChannel listening;
  private final SelectionKey acceptance;
  private final Set<ClientConnection> connections = new HashSet<>();
  private final Queue<Made> made = new ConcurrentLinkedQueue<>();

  /**
   * Binds to an address; accepts once it runs.
   *
   * @param places how many connections there are at most
   * @param failures receives what escapes from one turn; the next one runs
   */
  ConnectionLoop(
      InetSocketAddress address,
      int places,
      PageHandler handler,
      Executor makers,
      Consumer<Throwable> failures)
      throws IOException {
    this.places = places;
    this.handler = handler;
    this.makers = makers;
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
        turn();
      } catch (OutOfMemoryError e) {
        // The whole process's fault, which ends it.
        throw e;
      } catch (Throwable e) {
        if (!listening.isOpen()) {
          // Closing it ends the turn under way in one of several ways.
          break;
        }
        failures.accept(e);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    connections.forEach(ClientConnection::close);
    made.forEach(one -> one.answer().close());
  }

  private void turn() throws IOException {
    selector.select(TURN_MILLIS);
    acceptance.interestOps(SelectionKey.OP_ACCEPT);
    for (Made one = made.poll(); one != null; one = made.poll()) {
      begin(one);
    }
    List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
    selector.selectedKeys().clear();
    for (SelectionKey key : ready) {
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
    for (SocketChannel channel = accepted(); channel != null; channel = accepted()) {
      if (connections.size() >= places && !evict()) {
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

  /** Returns the next newcomer; null where there is none, or no file descriptor for it. */
  private @Nullable SocketChannel accepted() {
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
            .filter(one -> one.phase() != ClientConnection.Phase.MAKING)
            .min(
                Comparator.comparing(ClientConnection::phase)
                    .thenComparing(ClientConnection::since));
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
        advance(connection);
      } else if (key.isReadable()) {
        if (!connection.read(System.nanoTime())) {
          drop(connection);
        } else {
          advance(connection);
        }
      }
    } catch (IOException | CancelledKeyException e) {
      drop(connection);
    }
  }

  /** Lets the next request be answered, if it is whole. */
  private void advance(ClientConnection connection) throws IOException {
    if (connection.phase() != ClientConnection.Phase.READING) {
      return;
    }
    long now = System.nanoTime();
    try {
      RequestHead request = connection.nextRequest(now);
      if (request != null) {
        connection.onMaking(now);
        makers.execute(() -> make(connection, request));
      }
    } catch (MalformedRequest e) {
      refuse(connection, e.page());
    } catch (RejectedExecutionException e) {
      refuse(connection, ResponseBudget.busy());
    }
  }

  private void refuse(ClientConnection connection, Page page) {
    begin(
        new Made(
            connection, Response.of(ResponseBudget.Share.free(page), false, true, Instant.now())));
  }

  private void make(ClientConnection connection, RequestHead request) {
    ResponseBudget.Share share = handler.answer(request);
    boolean isHead = request.method().equals("HEAD");
    made.add(new Made(connection, Response.of(share, isHead, request.isLast(), Instant.now())));
    selector.wakeup();
  }

  /** Writes at once what the client's system takes; mostly that is all. */
  private void begin(Made one) {
    ClientConnection connection = one.connection();
    if (!connection.isOpen()) {
      one.answer().close();
      return;
    }
    try {
      connection.onMade(one.answer(), System.nanoTime());
      if (connection.write()) {
        connection.onWritten(System.nanoTime());
        advance(connection);
      }
    } catch (IOException | CancelledKeyException e) {
      drop(connection);
    }
  }

  /** Stops listening and drops what is under way, at once. */
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
