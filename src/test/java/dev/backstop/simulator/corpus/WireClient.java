package dev.backstop.simulator.corpus;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks the text protocol without any driver, so that every byte of an answer is seen. */
final class WireClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 30_000;

  /** Long passwords, protocol 4.1, transactions, secure connection, named plugin, database. */
  private static final int CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x8_0000;

  private static final int UTF8MB4_GENERAL = 45;
  private static final int END_OF_FILE = 0xfe;
  private static final int ERROR = 0xff;
  private static final int NULL = 0xfb;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int sequence;

  private WireClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Logs in to the loopback with an empty password. */
  static WireClient open(int port, String user, String database) throws IOException {
    WireClient client = connect(port);
    WireAnswer welcome = client.login(user, database);
    if (welcome.kind() != WireAnswer.Kind.OK) {
      client.close();
      throw new IOException("login of " + user + " refused: " + welcome.text());
    }
    return client;
  }

  /** Returns what a login with an empty password is answered. */
  static WireAnswer login(int port, String user, String database) throws IOException {
    try (WireClient client = connect(port)) {
      return client.login(user, database);
    }
  }

  private static WireClient connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return new WireClient(socket);
  }

  private WireAnswer login(String user, String database) throws IOException {
    read();
    ByteArrayOutputStream login = new ByteArrayOutputStream();
    login.write(
        ByteBuffer.allocate(32)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(CAPABILITIES)
            .putInt(1 << 24)
            .put((byte) UTF8MB4_GENERAL)
            .array());
    login.writeBytes(terminated(user));
    login.write(0);
    login.writeBytes(terminated(database));
    login.writeBytes(terminated("mysql_native_password"));
    write(login.toByteArray());
    byte[] answer = read();
    if (answer.length > 0 && (answer[0] & 0xff) == END_OF_FILE) {
      write(new byte[0]);
      answer = read();
    }
    return simple(new Cursor(answer));
  }

  private static byte[] terminated(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  /** Sends one command and returns its answer. */
  WireAnswer send(int command, String argument) throws IOException {
    byte[] text = argument.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[text.length + 1];
    payload[0] = (byte) command;
    System.arraycopy(text, 0, payload, 1, text.length);
    sequence = 0;
    write(payload);
    byte[] first = read();
    return switch (first.length == 0 ? 0 : first[0] & 0xff) {
      case 0, ERROR, END_OF_FILE -> simple(new Cursor(first));
      default -> command == 0x03 ? table(new Cursor(first)) : fields(first);
    };
  }

  private WireAnswer simple(Cursor packet) {
    int head = packet.number(1);
    if (head == ERROR) {
      int number = packet.number(2);
      packet.number(1);
      return WireAnswer.error(number, packet.text(5), packet.rest());
    }
    if (head == END_OF_FILE) {
      int warnings = packet.number(2);
      return WireAnswer.ok(packet.number(2), warnings, "", "");
    }
    long affected = packet.length();
    long inserted = packet.length();
    int status = packet.number(2);
    int warnings = packet.number(2);
    String info = affected + " " + inserted;
    return WireAnswer.ok(status, warnings, info, packet.rest());
  }

  private WireAnswer table(Cursor first) throws IOException {
    int count = (int) first.length();
    List<WireAnswer.Column> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(column(new Cursor(read())));
    }
    read();
    List<List<@Nullable String>> rows = new ArrayList<>();
    byte[] packet = read();
    while (!isEnd(packet)) {
      Cursor cursor = new Cursor(packet);
      List<@Nullable String> row = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        row.add(cursor.counted());
      }
      rows.add(row);
      packet = read();
    }
    return WireAnswer.rows(simple(new Cursor(packet)), columns, rows);
  }

  /** Reads what answers other commands: a bare text, or the columns of COM_FIELD_LIST. */
  private WireAnswer fields(byte[] first) throws IOException {
    if (first[0] != 3) {
      return WireAnswer.ok(0, 0, "", new Cursor(first).rest());
    }
    List<WireAnswer.Column> columns = new ArrayList<>();
    byte[] packet = first;
    while (!isEnd(packet)) {
      columns.add(column(new Cursor(packet)));
      packet = read();
    }
    return WireAnswer.rows(simple(new Cursor(packet)), columns, List.of());
  }

  private static boolean isEnd(byte[] packet) {
    int head = packet[0] & 0xff;
    return (head == END_OF_FILE && packet.length < 9) || head == ERROR;
  }

  private static WireAnswer.Column column(Cursor packet) {
    packet.counted();
    String schema = String.valueOf(packet.counted());
    String table = String.valueOf(packet.counted());
    String originalTable = String.valueOf(packet.counted());
    String label = String.valueOf(packet.counted());
    String name = String.valueOf(packet.counted());
    packet.length();
    int charset = packet.number(2);
    int length = packet.number(4);
    int type = packet.number(1);
    int flags = packet.number(2);
    int decimals = packet.number(1);
    String origin = schema + "." + table + "." + originalTable + "." + name;
    return new WireAnswer.Column(
        label, type, origin, charset, Integer.toUnsignedLong(length), flags, decimals);
  }

  private byte[] read() throws IOException {
    byte[] header = in.readNBytes(4);
    if (header.length < 4) {
      throw new EOFException("the server has closed the connection");
    }
    sequence = (header[3] & 0xff) + 1;
    int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    return in.readNBytes(length);
  }

  private void write(byte[] payload) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(payload.length);
    packet.write(payload.length >> 8);
    packet.write(payload.length >> 16);
    packet.write(sequence);
    packet.writeBytes(payload);
    out.write(packet.toByteArray());
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Reads a packet from its beginning to its end. */
  private static final class Cursor {

    private final ByteBuffer bytes;

    Cursor(byte[] packet) {
      bytes = ByteBuffer.wrap(packet);
    }

    int number(int width) {
      int value = 0;
      for (int i = 0; i < width; i++) {
        value |= (bytes.hasRemaining() ? bytes.get() & 0xff : 0) << (8 * i);
      }
      return value;
    }

    long length() {
      int first = number(1);
      return switch (first) {
        case 0xfc -> number(2);
        case 0xfd -> number(3);
        case 0xfe -> Integer.toUnsignedLong(number(4)) | (long) number(4) << 32;
        default -> first;
      };
    }

    @Nullable String counted() {
      if (bytes.hasRemaining() && (bytes.get(bytes.position()) & 0xff) == NULL) {
        bytes.get();
        return null;
      }
      return text((int) length());
    }

    String text(int count) {
      byte[] part = new byte[Math.min(count, bytes.remaining())];
      bytes.get(part);
      return new String(part, StandardCharsets.UTF_8);
    }

    String rest() {
      return text(bytes.remaining());
    }
  }
}
