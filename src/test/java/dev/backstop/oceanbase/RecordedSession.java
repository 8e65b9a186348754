package dev.backstop.oceanbase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Recorded responses of a server.
 *
 * @param greeting its first packets
 * @param login its response to a login, and to commands that were not recorded
 * @param answers its response to each command
 */
record RecordedSession(
    List<Packet> greeting, List<Packet> login, Map<String, List<Packet>> answers) {

  /** One packet. */
  static final class Packet {

    private final int sequence;
    private final byte[] payload;

    Packet(int sequence, byte[] payload) {
      this.sequence = sequence;
      this.payload = payload.clone();
    }

    int sequence() {
      return sequence;
    }

    byte[] payload() {
      return payload.clone();
    }

    byte[] bytes() {
      byte[] bytes = new byte[payload.length + 4];
      bytes[0] = (byte) payload.length;
      bytes[1] = (byte) (payload.length >> 8);
      bytes[2] = (byte) (payload.length >> 16);
      bytes[3] = (byte) sequence;
      System.arraycopy(payload, 0, bytes, 4, payload.length);
      return bytes;
    }
  }

  /** Consecutive bytes of one side. */
  private static final class Turn {

    final boolean fromServer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Turn(boolean fromServer) {
      this.fromServer = fromServer;
    }
  }

  /** Returns the response to a command; OK for one that was not recorded. */
  List<Packet> answer(byte[] command) {
    return answers.getOrDefault(key(command), List.of(new Packet(1, login.get(0).payload())));
  }

  /** Records sessions with the server at a loopback port, which the player is result another of. */
  static RecordedSession record(int server, IntConsumer client) {
    Map<String, List<Packet>> answers = new HashMap<>();
    List<List<Turn>> sessions = new ArrayList<>();
    try (ServerSocket listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      start(() -> accept(listening, server, sessions));
      client.accept(listening.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Packet> greeting = List.of();
    List<Packet> login = List.of();
    synchronized (sessions) {
      for (List<Turn> responses : sessions) {
        greeting = packets(responses.get(0).bytes.toByteArray());
        login = packets(responses.get(2).bytes.toByteArray());
        for (int i = 3; i + 1 < responses.size(); i += 2) {
          byte[] command = packets(responses.get(i).bytes.toByteArray()).get(0).payload();
          answers.put(key(command), packets(responses.get(i + 1).bytes.toByteArray()));
        }
      }
    }
    return new RecordedSession(greeting, login, answers);
  }

  private static void accept(ServerSocket listening, int server, List<List<Turn>> sessions) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
        List<Turn> session = new ArrayList<>();
        synchronized (sessions) {
          sessions.add(session);
        }
        start(() -> pump(client, behind, false, session, sessions));
        start(() -> pump(behind, client, true, session, sessions));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void pump(
      Socket from, Socket to, boolean fromServer, List<Turn> session, Object lock) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        synchronized (lock) {
          note(session, fromServer, buffer, count);
        }
        to.getOutputStream().write(buffer, 0, count);
      }
    } catch (IOException e) {
      return;
    }
  }

  private static void note(List<Turn> session, boolean fromServer, byte[] buffer, int count) {
    Turn last = session.isEmpty() ? null : session.get(session.size() - 1);
    if (last == null || last.fromServer != fromServer) {
      last = new Turn(fromServer);
      session.add(last);
    }
    last.bytes.write(buffer, 0, count);
  }

  private static List<Packet> packets(byte[] bytes) {
    List<Packet> packets = new ArrayList<>();
    for (int at = 0; at + 4 <= bytes.length; ) {
      int length = length(bytes, at);
      packets.add(
          new Packet(bytes[at + 3] & 0xff, Arrays.copyOfRange(bytes, at + 4, at + 4 + length)));
      at += 4 + length;
    }
    return packets;
  }

  static int length(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
  }

  private static String key(byte[] command) {
    return new String(command, StandardCharsets.ISO_8859_1);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "recording");
    thread.setDaemon(true);
    thread.start();
  }
}
