package dev.backstop.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a packet's payload; what lies behind its end reads as zero or empty, never as an error. */
final class PayloadReader {

  private final byte[] payload;
  private int position;

  PayloadReader(byte[] payload) {
    this.payload = payload;
  }

  long number(int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      long next = position < payload.length ? payload[position++] & 0xff : 0;
      value |= next << (8 * i);
    }
    return value;
  }

  void skip(int count) {
    position = Math.min(payload.length, position + count);
  }

  byte[] bytes(int count) {
    int end = (int) Math.min(payload.length, (long) position + Math.max(0, count));
    byte[] part = Arrays.copyOfRange(payload, position, end);
    position = end;
    return part;
  }

  /** Reads up to a zero byte, or to the end. */
  byte[] terminatedBytes() {
    int end = position;
    while (end < payload.length && payload[end] != 0) {
      end++;
    }
    byte[] part = Arrays.copyOfRange(payload, position, end);
    position = Math.min(payload.length, end + 1);
    return part;
  }

  String terminated() {
    return new String(terminatedBytes(), StandardCharsets.UTF_8);
  }

  String rest() {
    return new String(bytes(payload.length), StandardCharsets.UTF_8);
  }
}
