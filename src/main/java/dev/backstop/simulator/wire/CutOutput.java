package dev.backstop.simulator.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** Cuts a connection once a number of bytes has been sent. */
final class CutOutput extends FilterOutputStream {

  private final Socket socket;
  private int left;

  CutOutput(OutputStream out, Socket socket, int bytes) {
    super(out);
    this.socket = socket;
    this.left = bytes;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int sent = Math.min(left, length);
    out.write(bytes, offset, sent);
    left -= sent;
    if (sent < length) {
      cut();
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  private void cut() throws IOException {
    out.flush();
    socket.close();
    throw new IOException("Cut on purpose");
  }
}
