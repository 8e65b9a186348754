package dev.backstop.daemon;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the newest of many lines, as far as they fit. */
final class NewestLines {

  private final int mostBytes;
  private final Deque<byte[]> lines = new ArrayDeque<>();
  private int bytes;
  private boolean isCut;

  NewestLines(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Adds a line, and drops the oldest ones that have no room beside it. */
  void add(String line) {
    byte[] added = (line + "\n").getBytes(StandardCharsets.UTF_8);
    lines.add(added);
    bytes += added.length;
    while (bytes > mostBytes) {
      bytes -= lines.remove().length;
      isCut = true;
    }
  }

  boolean isCut() {
    return isCut;
  }

  /** Hands the lines over, as UTF-8; none are left. */
  byte[] drain() {
    byte[] all = new byte[bytes];
    int at = 0;
    while (!lines.isEmpty()) {
      byte[] line = lines.remove();
      System.arraycopy(line, 0, all, at, line.length);
      at += line.length;
    }
    bytes = 0;
    return all;
  }
}
