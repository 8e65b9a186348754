package dev.backstop.oceanbase;

import dev.backstop.oceanbase.RecordedSession.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** The faults of a server in a response. */
enum ServerFault {
  CUT,
  STALL,
  LENGTH,
  SWALLOW,
  SEQUENCE,
  CHAINED,
  COLUMNS,
  DROP,
  DOUBLE,
  SWAP,
  ERROR,
  EARLY_END,
  TWICE,
  ENDLESS,
  HUGE,
  DRIP,
  /** Announces more columns or a longer text than fits into memory. */
  ANNOUNCE,
  /** Asks for another way to log in, again and again. */
  SWITCH,
  /** Asks for a file of the client. */
  FILE,
  /** Sends rows of one byte. */
  CRUMBS,
  /** Shows forty thousand jobs with other ids each time. */
  MANY,
  FLIP,
  NOISE,
  NOT_UTF8;

  private static final int[] ERRORS = {
    0, 1045, 1046, 1054, 1064, 1142, 1146, 1227, 1235, 4012, 65_535
  };

  /** Returns whether the fault changes texts and numbers, which no client can detect. */
  boolean changesContent() {
    return this == FLIP || this == NOISE || this == NOT_UTF8 || this == MANY;
  }

  /** Sends a response with this fault; returns false where it ends the connection. */
  boolean play(List<Packet> answer, OutputStream out, Random random) throws IOException {
    int at = random.nextInt(answer.size());
    Packet packet = answer.get(at);
    switch (this) {
      case CUT, STALL -> {
        byte[] all = bytes(answer);
        out.write(all, 0, random.nextInt(all.length));
        return false;
      }
      case DRIP -> drip(bytes(answer), out);
      case ENDLESS -> endless(answer, out);
      case SWITCH -> switches(packet.sequence(), out);
      case CRUMBS -> crumbs(answer.get(0).sequence(), out);
      case MANY -> many(answer, out, random);
      case CHAINED -> chained(answer.subList(0, at), out);
      default -> out.write(spoiled(answer, at, packet, random));
    }
    return true;
  }

  private byte[] spoiled(List<Packet> answer, int at, Packet packet, Random random) {
    List<Packet> changed = new ArrayList<>(answer);
    switch (this) {
      case LENGTH, SWALLOW -> {
        return withLength(answer, at, random);
      }
      case SEQUENCE ->
          changed.set(
              at, new Packet(packet.sequence() + 1 + random.nextInt(255), packet.payload()));
      case COLUMNS -> changed.set(0, new Packet(1, new byte[] {(byte) random.nextInt(256)}));
      case DROP -> changed.remove(at);
      case DOUBLE -> changed.add(at, packet);
      case SWAP -> changed.set(at, changed.set(random.nextInt(answer.size()), packet));
      case ERROR -> changed.add(at, error(packet.sequence(), random));
      case EARLY_END ->
          changed.add(at, new Packet(packet.sequence(), new byte[] {(byte) 0xfe, 0, 0, 2, 0}));
      case TWICE -> changed.addAll(answer);
      case HUGE -> changed.set(at, new Packet(packet.sequence(), huge(packet, random)));
      case ANNOUNCE -> changed.set(at, new Packet(packet.sequence(), announced(random)));
      case FILE -> changed.set(at, new Packet(packet.sequence(), file()));
      case FLIP -> flip(packet.payload().clone(), changed, at, random);
      case NOISE -> changed.set(at, new Packet(packet.sequence(), noise(random)));
      default -> changed.set(at, new Packet(packet.sequence(), notText(packet.payload().clone())));
    }
    return bytes(changed);
  }

  private static void flip(byte[] payload, List<Packet> changed, int at, Random random) {
    for (int i = 0; i <= random.nextInt(3) && payload.length > 0; i++) {
      payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
    }
    changed.set(at, new Packet(changed.get(at).sequence(), payload));
  }

  private byte[] withLength(List<Packet> answer, int at, Random random) {
    byte[] all = bytes(answer);
    int start = bytes(answer.subList(0, at)).length;
    int honest = RecordedSession.length(all, start);
    int wrong =
        switch (random.nextInt(this == SWALLOW ? 1 : 4)) {
          case 0 ->
              at + 1 < answer.size()
                  ? honest + 4 + answer.get(at + 1).payload().length
                  : honest - 1;
          case 1 -> honest + random.nextInt(9) - 4;
          case 2 -> 0xffffff;
          default -> random.nextInt(0xffffff);
        };
    all[start] = (byte) wrong;
    all[start + 1] = (byte) (wrong >> 8);
    all[start + 2] = (byte) (wrong >> 16);
    return all;
  }

  private static Packet error(int sequence, Random random) {
    int number = ERRORS[random.nextInt(ERRORS.length)];
    byte[] payload = "...#42000words".getBytes(StandardCharsets.US_ASCII);
    payload[0] = (byte) 0xff;
    payload[1] = (byte) number;
    payload[2] = (byte) (number >> 8);
    return new Packet(sequence, payload);
  }

  private static byte[] huge(Packet packet, Random random) {
    byte[] text = new byte[1 << (16 + random.nextInt(8))];
    Arrays.fill(text, (byte) 'x');
    text[0] = (byte) 0xfd;
    int length = text.length - 4;
    text[1] = (byte) length;
    text[2] = (byte) (length >> 8);
    text[3] = (byte) (length >> 16);
    return packet.payload().length % 2 == 0 ? text : Arrays.copyOf(text, 0xfffffe);
  }

  /** A number of 9 bytes may stand for columns, or for the length of a text. */
  private static byte[] announced(Random random) {
    byte[] payload = new byte[9 + random.nextInt(3)];
    payload[0] = (byte) 0xfe;
    long number = random.nextBoolean() ? 60_000_000L : 1L << (10 + random.nextInt(53));
    for (int i = 0; i < 8; i++) {
      payload[1 + i] = (byte) (number >> (8 * i));
    }
    return payload;
  }

  private static byte[] file() {
    byte[] payload = "./etc/hostname".getBytes(StandardCharsets.US_ASCII);
    payload[0] = (byte) 0xfb;
    return payload;
  }

  private static void switches(int first, OutputStream out) throws IOException {
    byte[] payload =
        ".mysql_native_password.01234567890123456789."
            .replace('.', '\0')
            .getBytes(StandardCharsets.US_ASCII);
    payload[0] = (byte) 0xfe;
    for (int i = 0; i < 100_000; i++) {
      // A client that answered each of them would use every second number.
      out.write(new Packet((first + 2 * i) & 0xff, payload).bytes());
      out.flush();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Repeats the row of a set job, if there is one. */
  private static void many(List<Packet> answer, OutputStream out, Random random)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int sequence = answer.get(0).sequence();
    for (Packet packet : answer) {
      boolean isSet =
          new String(packet.payload(), StandardCharsets.ISO_8859_1).startsWith("\4sets");
      for (int i = 0; isSet && i < 40_000; i++) {
        all.writeBytes(new Packet(sequence++ & 0xff, setRow(random)).bytes());
      }
      all.writeBytes(new Packet(sequence++ & 0xff, packet.payload()).bytes());
    }
    out.write(all.toByteArray());
  }

  private static byte[] setRow(Random random) {
    String id = String.valueOf(1_000_000_000L + random.nextInt(1_000_000_000));
    String row = "\4sets\12" + id + "\0011\6BACKUP\12file:///nfs";
    return row.getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends many rows of one byte, which cost the client most. */
  private static void crumbs(int first, OutputStream out) throws IOException {
    byte[] column = "\3def\0\0\0\1n\0".getBytes(StandardCharsets.US_ASCII);
    byte[] definition = Arrays.copyOf(column, column.length + 13);
    definition[column.length] = 0x0c;
    int sequence = first;
    out.write(new Packet(sequence++ & 0xff, new byte[] {1}).bytes());
    out.write(new Packet(sequence++ & 0xff, definition).bytes());
    out.write(new Packet(sequence++ & 0xff, new byte[] {(byte) 0xfe, 0, 0, 2, 0}).bytes());
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 12_800; i++) {
      many.write(new Packet(sequence++ & 0xff, new byte[] {(byte) 0xfb}).bytes());
    }
    for (int i = 0; i < 400; i++) {
      out.write(many.toByteArray());
    }
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] notText(byte[] payload) {
    for (int i = 1; i < payload.length; i++) {
      payload[i] = payload[i] >= 'A' && payload[i] <= 'Z' ? (byte) 0xc3 : payload[i];
    }
    return payload;
  }

  private static void drip(byte[] all, OutputStream out) throws IOException {
    for (byte each : all) {
      out.write(each);
      out.flush();
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Repeats the last row without end. */
  private static void endless(List<Packet> answer, OutputStream out) throws IOException {
    int row = Math.max(0, answer.size() - 2);
    out.write(bytes(answer.subList(0, row)));
    byte[] payload = answer.get(row).payload();
    int sequence = answer.get(row).sequence();
    while (true) {
      ByteArrayOutputStream many = new ByteArrayOutputStream();
      for (int i = 0; i < 1_000; i++) {
        many.write(new Packet(sequence++ & 0xff, payload).bytes());
      }
      out.write(many.toByteArray());
    }
  }

  /** Sends a packet that never ends: each part says that another follows. */
  private static void chained(List<Packet> before, OutputStream out) throws IOException {
    out.write(bytes(before));
    byte[] part = new byte[0xffffff + 4];
    Arrays.fill(part, (byte) 'x');
    Arrays.fill(part, 0, 3, (byte) 0xff);
    for (int i = before.isEmpty() ? 0 : before.get(before.size() - 1).sequence() + 1; ; i++) {
      part[3] = (byte) i;
      out.write(part);
    }
  }

  static byte[] bytes(List<Packet> packets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    packets.forEach(packet -> all.writeBytes(packet.bytes()));
    return all.toByteArray();
  }
}
