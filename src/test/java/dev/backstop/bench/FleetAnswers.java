package dev.backstop.bench;

import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.simulator.sql.Account;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the clusters of the fleet answer: a statement is executed once, by a simulated cluster, and
 * from then on repeated with the asked cluster's name and id and the time that it is.
 */
final class FleetAnswers {

  /** Error 4012: timeout. */
  static final byte[] REFUSAL = packet(1, "\u00ff\u00ac\u000f#HY000Timeout");

  /** All ids have as many digits, so that no answer changes its length. */
  private static final int FIRST_ID = 10_000;

  private static final int SECONDS_DIGITS = 10;
  private static final int QUERY = 3;
  private static final int EOF = 0xfe;
  private static final int LONGEST_EOF = 8;

  private final Clock clock = Clock.systemUTC();
  private final Map<ByteBuffer, Answer> learned = new HashMap<>();
  private final DataInputStream in;
  private final OutputStream out;
  private final byte[] greeting;
  private final byte[] welcome;

  private FleetAnswers(Socket learner) throws IOException {
    in = new DataInputStream(learner.getInputStream());
    out = learner.getOutputStream();
    greeting = whole(List.of(readPacket()));
    out.write(packet(1, login()));
    welcome = whole(List.of(readPacket()));
  }

  /**
   * Starts the cluster that executes each statement once.
   *
   * @param isCopying whether it shows a set job that runs, for ever as its looks are repeated
   */
  static FleetAnswers start(boolean isCopying) throws IOException {
    Clock clock = Clock.systemUTC();
    ClusterSettings settings =
        ClusterSettings.builder()
            .identity(FleetProcess.name(0), FIRST_ID)
            .edition(Edition.EE_3_2_4)
            .build();
    VirtualCluster cluster = new VirtualCluster(settings, clock.instant());
    if (isCopying) {
      cluster.startSetJob(CopyRequest.all());
    }
    Simulator simulator =
        Simulator.of(cluster)
            .account(Account.administrator("root", "sys", ""))
            .clock(clock)
            .start();
    return new FleetAnswers(new Socket(InetAddress.getLoopbackAddress(), simulator.port()));
  }

  /** Returns the id of a cluster by its number in the fleet, from 1 on. */
  static int clusterId(int number) {
    return FIRST_ID + number;
  }

  byte[] greeting() {
    return greeting;
  }

  byte[] welcome() {
    return welcome;
  }

  /** Returns the answer to a command. */
  Answer to(byte[] command) throws IOException {
    ByteBuffer key = ByteBuffer.wrap(command);
    Answer known = learned.get(key);
    if (known == null) {
      String text = new String(command, StandardCharsets.UTF_8);
      boolean isLook = command[0] == QUERY && text.contains("UNION ALL");
      boolean isStop = command[0] == QUERY && text.startsWith("ALTER SYSTEM", 1);
      known = new Answer(execute(command), isLook, isStop);
      learned.put(key, known);
    }
    return known;
  }

  /** An answer of any cluster at any time. */
  final class Answer {

    private final byte[] bytes;
    private final boolean isLook;
    private final boolean isStop;
    private final List<Integer> names;
    private final List<Integer> ids;
    private final List<Integer> seconds = new ArrayList<>();

    private Answer(byte[] bytes, boolean isLook, boolean isStop) {
      this.bytes = bytes;
      this.isLook = isLook;
      this.isStop = isStop;
      this.names = positions(FleetProcess.name(0));
      this.ids = positions((char) 5 + Integer.toString(FIRST_ID));
      long now = clock.instant().getEpochSecond();
      for (long second = now - 2; second <= now + 2; second++) {
        seconds.addAll(positions((char) SECONDS_DIGITS + Long.toString(second)));
      }
    }

    private List<Integer> positions(String text) {
      String all = new String(bytes, StandardCharsets.ISO_8859_1);
      List<Integer> found = new ArrayList<>();
      for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
        found.add(at);
      }
      return found;
    }

    /** Returns whether it is the answer to a look. */
    boolean isLook() {
      return isLook;
    }

    /** Returns whether it is the answer to a statement that stops something. */
    boolean isStop() {
      return isStop;
    }

    /** Returns what a cluster answers now. */
    byte[] of(String cluster) {
      byte[] answer = bytes.clone();
      put(answer, names, 0, cluster);
      put(answer, ids, 1, cluster.substring(cluster.length() - 5));
      if (!seconds.isEmpty()) {
        put(answer, seconds, 1, Long.toString(clock.instant().getEpochSecond()));
      }
      return answer;
    }

    private void put(byte[] answer, List<Integer> positions, int offset, String text) {
      byte[] replaced = text.getBytes(StandardCharsets.US_ASCII);
      for (int at : positions) {
        System.arraycopy(replaced, 0, answer, at + offset, replaced.length);
      }
    }
  }

  private byte[] execute(byte[] command) throws IOException {
    out.write(packet(0, command));
    List<byte[]> packets = new ArrayList<>();
    packets.add(readPacket());
    int first = packets.get(0)[4] & 0xff;
    int ends = first == 0 || first == 0xff ? 0 : 2;
    while (ends > 0) {
      byte[] next = readPacket();
      packets.add(next);
      ends -= (next[4] & 0xff) == EOF && next.length - 4 <= LONGEST_EOF ? 1 : 0;
    }
    return whole(packets);
  }

  /** Reads one packet with its header. */
  private byte[] readPacket() throws IOException {
    byte[] header = new byte[4];
    in.readFully(header);
    int length = (header[0] & 0xff) + ((header[1] & 0xff) << 8) + ((header[2] & 0xff) << 16);
    byte[] packet = new byte[4 + length];
    System.arraycopy(header, 0, packet, 0, 4);
    in.readFully(packet, 4, length);
    return packet;
  }

  private static byte[] whole(List<byte[]> packets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    packets.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** Returns a login without a password into the database that the daemon uses. */
  private static String login() {
    // PROTOCOL_41, CONNECT_WITH_DB, SECURE_CONNECTION and PLUGIN_AUTH.
    return "\u0008\u0082\u0008\u0000"
        + "\u0000\u0000\u0000\u0001"
        + "-"
        + "\u0000".repeat(23)
        + "root@sys\u0000\u0000oceanbase\u0000mysql_native_password\u0000";
  }

  private static byte[] packet(int sequence, String payload) {
    return packet(sequence, payload.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] packet(int sequence, byte[] payload) {
    return ByteBuffer.allocate(4 + payload.length)
        .put((byte) payload.length)
        .put((byte) (payload.length >> 8))
        .put((byte) (payload.length >> 16))
        .put((byte) sequence)
        .put(payload)
        .array();
  }
}
