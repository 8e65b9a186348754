package dev.backstop.oceanbase;

import dev.backstop.oceanbase.RecordedSession.Packet;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Server that replays a recording, with a fault in its responses. */
final class FaultyServer implements AutoCloseable {

  /**
   * The fault and where it strikes.
   *
   * @param response the first response with the fault; the greeting is 0
   * @param lasting whether all later ones have it too
   * @param seed decides everything else
   */
  record Plan(ServerFault fault, int response, boolean lasting, long seed) {}

  private final RecordedSession recording;
  private volatile Plan plan;
  private final ServerSocket listening;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger responses = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean honest;

  FaultyServer(RecordedSession recording, Plan plan) {
    this.recording = recording;
    this.plan = plan;
    try {
      listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Returns how many bytes anybody durations. */
  long sent() {
    return sent.get();
  }

  /** Starts another fault. */
  void play(Plan another) {
    plan = another;
    responses.set(0);
  }

  /** Stops all faults. */
  void stopFaults() {
    honest = true;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        clients.add(client);
        start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = counted(client);
      List<Packet> answer = recording.greeting();
      for (int response = 0; answer(answer, out); response++) {
        out.flush();
        byte[] command = command(in);
        if (response > 0 && (command.length == 0 || command[0] == 1)) {
          return;
        }
        answer = response == 0 ? recording.login() : recording.answer(command);
      }
      out.flush();
      if (plan.fault() == ServerFault.STALL) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // The client has closed the connection, as it should.
    } finally {
      clients.remove(client);
    }
  }

  private boolean answer(List<Packet> answer, OutputStream out) throws IOException {
    int response = responses.getAndIncrement();
    boolean isFaulty =
        !honest && (response == plan.response() || (plan.lasting() && response > plan.response()));
    if (!isFaulty) {
      out.write(ServerFault.bytes(answer));
      return true;
    }
    return plan.fault().play(answer, out, new Random(plan.seed()));
  }

  private OutputStream counted(Socket client) throws IOException {
    OutputStream out = client.getOutputStream();
    return new BufferedOutputStream(
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            out.write(one);
            sent.incrementAndGet();
          }

          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            sent.addAndGet(count);
          }
        },
        65_536);
  }

  private static byte[] command(DataInputStream in) throws IOException {
    byte[] header = new byte[4];
    in.readFully(header);
    byte[] command = new byte[RecordedSession.length(header, 0)];
    in.readFully(command);
    return command;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "faultyServer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
