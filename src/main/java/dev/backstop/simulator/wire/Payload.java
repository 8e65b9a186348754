package dev.backstop.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds a packet's payload, numbers with the lowest byte first. */
final class Payload {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Payload number(long value, int width) {
    for (int i = 0; i < width; i++) {
      bytes.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  Payload bytes(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  Payload text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  Payload terminated(String value) {
    return text(value).number(0, 1);
  }

  /** Adds a number in the form that takes 1 to 9 bytes. */
  Payload length(long value) {
    if (value < 0xfb) {
      return number(value, 1);
    }
    if (value <= 0xffff) {
      return number(0xfc, 1).number(value, 2);
    }
    return value <= 0xffffff ? number(0xfd, 1).number(value, 3) : number(0xfe, 1).number(value, 8);
  }

  /** Adds a text behind its length in bytes. */
  Payload counted(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    return length(encoded.length).bytes(encoded);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
