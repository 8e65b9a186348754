package dev.backstop.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that remembers why it first failed, which a writer keeps to itself. */
final class WatchedStream extends FilterOutputStream {

  private volatile String failure = "";

  WatchedStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (failure.isEmpty()) {
        failure = String.valueOf(e.getMessage());
      }
      throw e;
    }
  }

  /** Returns why; empty where it did not fail. */
  String failure() {
    return failure;
  }
}
