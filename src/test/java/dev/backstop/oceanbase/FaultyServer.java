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

/** Plays a tape to whoever connects, and spoils answers on the way. */
final class FaultyServer implements AutoCloseable {

  /**
   * Says what goes wrong, and where.
   *
   * @param turn the first answer that is spoiled, the greeting being 0
   * @param lasting whether all later ones are spoiled as well
   * @param seed settles everything else
   */
  record Plan(ServerFault prank, int turn, boolean lasting, long seed) {}

  private final RecordedSession tape;
  private volatile Plan plan;
  private final ServerSocket listening;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean honest;

  FaultyServer(RecordedSession tape, Plan plan) {
    this.tape = tape;
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

  /** Returns how many bytes anybody took. */
  long sent() {
    return sent.get();
  }

  /** Begins another prank. */
  void play(Plan another) {
    plan = another;
    turns.set(0);
  }

  /** Stops fooling about. */
  void mend() {
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
      List<Packet> answer = tape.greeting();
      for (int turn = 0; answer(answer, out); turn++) {
        out.flush();
        byte[] command = command(in);
        if (turn > 0 && (command.length == 0 || command[0] == 1)) {
          return;
        }
        answer = turn == 0 ? tape.login() : tape.answer(command);
      }
      out.flush();
      if (plan.prank() == ServerFault.STALL) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // The client went away, as it should.
    } finally {
      clients.remove(client);
    }
  }

  private boolean answer(List<Packet> answer, OutputStream out) throws IOException {
    int turn = turns.getAndIncrement();
    boolean isSpoiled = !honest && (turn == plan.turn() || (plan.lasting() && turn > plan.turn()));
    if (!isSpoiled) {
      out.write(ServerFault.bytes(answer));
      return true;
    }
    return plan.prank().play(answer, out, new Random(plan.seed()));
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
    Thread thread = new Thread(work, "prankster");
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
