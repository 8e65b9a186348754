package dev.backstop.trials;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Stands before a stand-in, hears every packet before it is passed on, and may hold it up. */
final class Wire implements AutoCloseable {

  /** Names what happens to what passes. */
  enum Behaviour {
    NORMAL,
    SLOW,
    CUTTING,
    HANGING,
    DEAD
  }

  private static final byte QUERY = 3;
  private static final Duration SLOWNESS = Duration.ofMillis(700);

  private final ServerSocket listening;
  private final int target;
  private final Consumer<WirePacket> ear;
  private final AtomicInteger packets = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger looks = new AtomicInteger();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<HeldPacket> holds = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = Behaviour.NORMAL;

  /** Opens a proxy to a loopback port; the ear hears each client's packet before it is passed. */
  Wire(int target, Consumer<WirePacket> ear) {
    this.target = target;
    this.ear = ear;
    try {
      listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inBackground(this::accept);
  }

  String endpoint() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  HeldPacket hold(HeldPacket hold) {
    holds.add(hold);
    return hold;
  }

  void behaviour(Behaviour next) {
    behaviour = next;
    if (next == Behaviour.DEAD || next == Behaviour.CUTTING) {
      sockets.forEach(Wire::shut);
    }
  }

  /** Counts the looks that came so far. */
  int looks() {
    return looks.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (behaviour == Behaviour.DEAD) {
          shut(client);
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        Pair pair = new Pair(client, server, connections.incrementAndGet());
        inBackground(pair::fromClient);
        inBackground(pair::fromServer);
      } catch (IOException e) {
        // Either this proxy is closed, or that one connection came to nothing.
      }
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "trial-wire");
    thread.setDaemon(true);
    thread.start();
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One client's connection and its server's. */
  private final class Pair {
    private final Socket client;
    private final Socket server;
    private final int number;
    private volatile WirePacket asked;

    Pair(Socket client, Socket server, int number) {
      this.client = client;
      this.server = server;
      this.number = number;
      this.asked = new WirePacket(0, number, false, "", System.nanoTime());
    }

    void fromClient() {
      try (client;
          server) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = server.getOutputStream();
        for (byte[] packet = read(in); packet.length > 0; packet = read(in)) {
          WirePacket spoken =
              new WirePacket(
                  packets.incrementAndGet(), number, true, sql(packet), System.nanoTime());
          asked = spoken;
          ear.accept(spoken);
          if (spoken.looks()) {
            looks.incrementAndGet();
          }
          if (!passes(spoken)) {
            return;
          }
          out.write(packet);
        }
      } catch (IOException e) {
        // Either side went away; both are closed by now.
        return;
      } finally {
        sockets.remove(client);
        sockets.remove(server);
      }
    }

    void fromServer() {
      byte[] buffer = new byte[65_536];
      try (client;
          server) {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          WirePacket question = asked;
          WirePacket answer =
              new WirePacket(question.number(), number, false, question.sql(), System.nanoTime());
          if (!passes(answer)) {
            return;
          }
          out.write(buffer, 0, count);
        }
      } catch (IOException e) {
        // As above.
        return;
      }
    }

    private boolean passes(WirePacket spoken) {
      Behaviour now = behaviour;
      if (now == Behaviour.SLOW) {
        LockSupport.parkNanos(SLOWNESS.toNanos());
      }
      while (behaviour == Behaviour.HANGING && !client.isClosed() && !listening.isClosed()) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      if (now == Behaviour.CUTTING && spoken.number() % 3 == 0) {
        return false;
      }
      for (HeldPacket hold : holds) {
        if (!hold.pass(spoken)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Reads one packet with its head; empty at the end of the stream. */
  private static byte[] read(DataInputStream in) throws IOException {
    byte[] head = new byte[4];
    int first = in.read();
    if (first < 0) {
      return new byte[0];
    }
    head[0] = (byte) first;
    in.readFully(head, 1, 3);
    int length = (head[0] & 0xff) | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16;
    byte[] packet = new byte[length + 4];
    System.arraycopy(head, 0, packet, 0, 4);
    if (in.readNBytes(packet, 4, length) < length) {
      throw new EOFException();
    }
    return packet;
  }

  private static String sql(byte[] packet) {
    return packet.length > 5 && packet[3] == 0 && packet[4] == QUERY
        ? new String(packet, 5, packet.length - 5, StandardCharsets.UTF_8)
        : "";
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    holds.forEach(HeldPacket::drop);
    sockets.forEach(Wire::shut);
  }
}
