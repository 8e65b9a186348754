package dev.backstop.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The fleet: idle stand-ins behind one port of one process, until its standard input ends. A login
 * {@code root@sys#NAME} reaches the cluster of that name, as at a proxy.
 */
final class FleetProcess {

  static final String PASSWORD = "stand-in";

  /** Clusters whose names begin so accept a login and then answer no look. */
  static final String HUNG = "hangs-";

  private static final int BACKLOG = 4_096;

  private final Selector selector;
  private final ServerSocketChannel listening;
  private final FleetAnswers answers;
  private final FleetFaults faults;
  private final FleetArrivals arrivals = new FleetArrivals();

  private FleetProcess(
      Selector selector, ServerSocketChannel listening, FleetAnswers answers, FleetFaults faults) {
    this.selector = selector;
    this.listening = listening;
    this.answers = answers;
    this.faults = faults;
  }

  /**
   * Prints the port and serves. A line {@code begin SECONDS} on standard input begins to measure
   * how much later than that a look comes after the one before; {@code end} prints it.
   *
   * @param arguments {@code faults} where clusters are to fail in turn, {@code copying} where a set
   *     job runs on each
   */
  public static void main(String[] arguments) throws IOException {
    try (Selector selector = Selector.open();
        ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      listening.configureBlocking(false);
      listening.register(selector, SelectionKey.OP_ACCEPT);
      FleetFaults faults = new FleetFaults(List.of(arguments).contains("faults"));
      FleetAnswers answers = FleetAnswers.start(List.of(arguments).contains("copying"));
      FleetProcess fleet = new FleetProcess(selector, listening, answers, faults);
      Thread serving = new Thread(fleet::serve, "fleet");
      serving.setDaemon(true);
      serving.start();
      System.out.println(listening.socket().getLocalPort());
      fleet.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)));
    }
    System.exit(0);
  }

  private void obey(BufferedReader commands) throws IOException {
    String command = commands.readLine();
    while (command != null) {
      if (command.startsWith("begin ")) {
        arrivals.begin(Duration.ofSeconds(Long.parseLong(command.substring("begin ".length()))));
      } else {
        System.out.println(arrivals.end());
      }
      command = commands.readLine();
    }
  }

  /** Returns the name of a cluster. */
  static String name(int id) {
    return "bench-%05d".formatted(FleetAnswers.clusterId(id));
  }

  /** Returns the name of a cluster that hangs. */
  static String hungName(int id) {
    return HUNG + FleetAnswers.clusterId(id);
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid() && key.isAcceptable()) {
            accept();
          } else if (key.isValid()) {
            ((FleetClient) key.attachment()).proceed(key);
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = listening.accept();
    while (channel != null) {
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      FleetClient client = new FleetClient(channel, answers, faults, arrivals);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ, client);
      client.greet(key);
      channel = listening.accept();
    }
  }
}
