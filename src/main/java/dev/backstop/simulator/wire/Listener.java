package dev.backstop.simulator.wire;

import dev.backstop.simulator.sql.SessionDirectory;
import dev.backstop.simulator.sql.SharedCluster;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a port and serves each client in a daemon thread of its own. */
public final class Listener implements AutoCloseable, SessionDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int MOST_CLIENTS = 1_000;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final SharedCluster cluster;
  private final Door door;
  private final StatementLog log;
  private final @Nullable SSLContext tls;
  private final InetSocketAddress address;
  private final AtomicLong ids = new AtomicLong(3_221_225_472L);
  private final Map<Long, ClientSession> sessions = new ConcurrentHashMap<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ServerThreads threads = new ServerThreads();
  private volatile WireFault fault = WireFault.none();
  private volatile boolean closed;
  private volatile ServerSocket socket;

  private Listener(
      SharedCluster cluster,
      Door door,
      StatementLog log,
      @Nullable SSLContext tls,
      InetSocketAddress wanted)
      throws IOException {
    this.cluster = cluster;
    this.door = door;
    this.log = log;
    this.tls = tls;
    this.socket = open(wanted);
    this.address = (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /**
   * Opens the port and begins to serve.
   *
   * @param tls what proves the server's identity; null where no TLS is offered
   * @param wanted where to listen; port 0 takes any free one
   * @throws UncheckedIOException when the port can't be had
   */
  public static Listener start(
      SharedCluster cluster,
      Door door,
      StatementLog log,
      @Nullable SSLContext tls,
      InetSocketAddress wanted) {
    try {
      Listener listener = new Listener(cluster, door, log, tls, wanted);
      listener.threads.start("simulator-accept-" + listener.port(), listener::accept);
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Can't listen on "
              + wanted.getHostString()
              + ":"
              + wanted.getPort()
              + ": "
              + e.getMessage()
              + "; choose another port, or 0 for any free one",
          e);
    }
  }

  private static ServerSocket open(InetSocketAddress address) throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(address, 128);
    return opened;
  }

  /** Returns the port that clients connect to. */
  public int port() {
    return address.getPort();
  }

  /** Lets connections fail from now on, or work again; open ones stay as they are. */
  public synchronized void fail(WireFault next) {
    WireFault before = fault;
    fault = next;
    try {
      boolean refused = before.kind() == WireFault.Kind.REFUSE;
      boolean refuse = next.kind() == WireFault.Kind.REFUSE;
      if (refuse && !refused) {
        socket.close();
      } else if (refused && !refuse && !closed) {
        socket = open(address);
        threads.start("simulator-accept-" + port(), this::accept);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't switch the port to " + next, e);
    }
  }

  private void accept() {
    ServerSocket own = socket;
    while (!own.isClosed()) {
      try {
        Socket accepted = own.accept();
        sockets.add(accepted);
        // An accept under way may still take one client after its port was closed.
        if (closed || own.isClosed() || sockets.size() > MOST_CLIENTS) {
          release(accepted);
          continue;
        }
        long id = ids.incrementAndGet();
        threads.start("simulator-client-" + id, () -> serve(accepted, id));
      } catch (IOException e) {
        if (!own.isClosed()) {
          LOG.warn("A client could not be accepted: {}", e.getMessage());
        }
      }
    }
  }

  private void serve(Socket accepted, long id) {
    WireFault now = fault;
    try {
      accepted.setTcpNoDelay(true);
      if (now.kind() == WireFault.Kind.SILENCE) {
        swallow(accepted);
        return;
      }
      ClientSession session =
          new ClientSession(id, new Client(accepted, now, tls), cluster, door, log, this);
      sessions.put(id, session);
      session.serve();
    } catch (IOException e) {
      LOG.debug("Client {} went away: {}", id, e.getMessage());
    } finally {
      sessions.remove(id);
      release(accepted);
    }
  }

  /** Reads and forgets all that a client sends, until it goes. */
  private static void swallow(Socket accepted) throws IOException {
    try {
      accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      LOG.debug("A client of the silent port went away: {}", e.getMessage());
    }
  }

  private void release(Socket accepted) {
    sockets.remove(accepted);
    try {
      accepted.close();
    } catch (IOException e) {
      LOG.debug("A socket did not close: {}", e.getMessage());
    }
  }

  @Override
  public List<Entry> sessions() {
    return sessions.values().stream()
        .map(ClientSession::entry)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparingLong(Entry::id))
        .toList();
  }

  @Override
  public boolean kill(long id) {
    ClientSession session = sessions.get(id);
    if (session != null) {
      session.close();
    }
    return session != null;
  }

  @Override
  public boolean killQuery(long id) {
    ClientSession session = sessions.get(id);
    if (session != null) {
      session.interrupt();
    }
    return session != null;
  }

  /** Cuts every open connection; the port stays open. */
  public void cutAll() {
    sessions.values().forEach(ClientSession::close);
    sockets.forEach(this::release);
  }

  /** Closes the port and all connections, and waits a little for their threads to end. */
  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("The port did not close: {}", e.getMessage());
    }
    cutAll();
    threads.join(LONGEST_CLOSE);
  }
}
