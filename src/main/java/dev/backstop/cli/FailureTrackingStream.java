package dev.backstop.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Output stream that records its first failure, which {@code PrintWriter} hides. */
final class FailureTrackingStream extends FilterOutputStream {

  private volatile String failure = "";

  FailureTrackingStream(OutputStream out) {
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

  /** Returns the message of the first failure; empty where there is none. */
  String failure() {
    return failure;
  }
}
