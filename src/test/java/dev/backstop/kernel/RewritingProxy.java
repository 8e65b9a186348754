package dev.backstop.kernel;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * TCP proxy that replaces texts by others of the same number of bytes in each packet of the MySQL
 * protocol, which so keeps its framing.
 */
public final class RewritingProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final List<Rule> questions;
  private final List<Rule> answers;
  private final List<Integer> serverPorts = new CopyOnWriteArrayList<>();
  private volatile Duration linger = Duration.ZERO;
  private volatile Consumer<String> onQuestion = text -> {};
  private volatile Consumer<String> onAnswer = text -> {};
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Replaces one text by another; each character stands for one byte. */
  public record Rule(String from, String to) {

    /** Checks that a packet keeps its length. */
    public Rule {
      if (from.length() != to.length()) {
        throw new IllegalArgumentException(from + " and " + to + " differ in length");
      }
    }
  }

  /** Opens a proxy on a free loopback port to a loopback port. */
  public RewritingProxy(int target, List<Rule> questions, List<Rule> answers) {
    this.target = target;
    this.questions = new CopyOnWriteArrayList<>(questions);
    this.answers = List.copyOf(answers);
    try {
      listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inBackground(this::accept);
  }

  /** Returns the port that clients connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Replaces a text in questions from now on. */
  void rewrite(Rule question) {
    questions.add(question);
  }

  /** Keeps connections to the server open for a time after the client has gone. */
  void linger(Duration time) {
    linger = time;
  }

  /** Calls these with each packet before it passes, as text of one byte a character. */
  void listen(Consumer<String> question, Consumer<String> answer) {
    onQuestion = question;
    onAnswer = answer;
  }

  /** Returns the ports from which it connected to the server. */
  List<Integer> serverPorts() {
    return List.copyOf(serverPorts);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        serverPorts.add(server.getLocalPort());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        inBackground(() -> pump(client, server, questions, text -> onQuestion.accept(text)));
        inBackground(() -> pump(server, client, answers, text -> onAnswer.accept(text)));
      } catch (IOException e) {
        // The kernel is down, or this proxy is closed: clients see a closed connection.
        sockets.forEach(RewritingProxy::shut);
        sockets.clear();
      }
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "rewriting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(Socket from, Socket to, List<Rule> rules, Consumer<String> listener) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
      OutputStream out = to.getOutputStream();
      for (byte[] packet = read(in); packet.length > 0; packet = read(in)) {
        String text = new String(packet, StandardCharsets.ISO_8859_1);
        listener.accept(text);
        for (Rule rule : rules) {
          text = text.replace(rule.from(), rule.to());
        }
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      }
      LockSupport.parkNanos(linger.toNanos());
    } catch (IOException e) {
      // Either side went away; both are closed by now.
      return;
    } finally {
      sockets.remove(from);
      sockets.remove(to);
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

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    shut(listening);
    sockets.forEach(RewritingProxy::shut);
  }

  private static void shut(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
