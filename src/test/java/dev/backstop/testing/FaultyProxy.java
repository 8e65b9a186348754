package dev.backstop.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server on TCP, and spoils what passes, also on open connections.
 */
public final class FaultyProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = new Fault(Kind.PASS, 0);

  /** Names what the proxy does to bytes. */
  private enum Kind {
    PASS,
    BLACKHOLE,
    LATENCY,
    CUT
  }

  /** Holds the present fault; the number is milliseconds of latency, or bytes left to a cut. */
  private record Fault(Kind kind, long number) {}

  private FaultyProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
  }

  /** Opens a proxy on a free loopback port, to a loopback port. */
  public static FaultyProxy to(int port) {
    try {
      FaultyProxy proxy =
          new FaultyProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      daemon(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the port that clients connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Lets everything through. */
  public void pass() {
    fault = new Fault(Kind.PASS, 0);
  }

  /** Swallows everything in both directions, and keeps connections open. */
  public void blackhole() {
    fault = new Fault(Kind.BLACKHOLE, 0);
  }

  /** Holds each piece back for a time. */
  public void latency(Duration time) {
    fault = new Fault(Kind.LATENCY, time.toMillis());
  }

  /** Cuts each connection once the server has sent so many more bytes on it. */
  public void cutAfter(long bytes) {
    fault = new Fault(Kind.CUT, bytes);
  }

  /** Resets every open connection; new ones pass. */
  public void reset() {
    for (Socket socket : List.copyOf(sockets)) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already, which is what was wanted.
      }
      close(socket);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        Socket server = new Socket();
        sockets.add(server);
        server.connect(target, 2_000);
        daemon(() -> pump(client, server, false));
        daemon(() -> pump(server, client, true));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          reset();
        }
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(Socket from, Socket to, boolean fromServer) {
    byte[] buffer = new byte[8_192];
    long sent = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        Fault now = fault;
        boolean cut = now.kind() == Kind.CUT && fromServer && sent + count > now.number();
        int passing = cut ? (int) Math.max(0, now.number() - sent) : count;
        if (now.kind() == Kind.LATENCY) {
          LockSupport.parkNanos(Duration.ofMillis(now.number()).toNanos());
        }
        if (now.kind() != Kind.BLACKHOLE) {
          out.write(buffer, 0, passing);
        }
        if (cut) {
          break;
        }
        sent += now.kind() == Kind.CUT ? count : 0;
      }
    } catch (IOException e) {
      // Either side went away; both are closed below.
    } finally {
      close(from);
      close(to);
    }
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    reset();
  }
}
