package dev.backstop.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands between clients and a server on TCP, and keeps every byte that clients send. */
public final class Wiretap implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  private Wiretap(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  /** Opens a tap on a free loopback port, to a loopback port. */
  public static Wiretap to(int port) {
    try {
      Wiretap tap = new Wiretap(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), port);
      start(tap::accept);
      return tap;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "wiretap");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the port that clients connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Returns all that clients sent, a character for each byte. */
  public String heard() {
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        start(() -> pump(client, server, heard));
        start(() -> pump(server, client, OutputStream.nullOutputStream()));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void pump(Socket from, Socket to, OutputStream copy) {
    byte[] buffer = new byte[8_192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        copy.write(buffer, 0, count);
        to.getOutputStream().write(buffer, 0, count);
      }
    } catch (IOException e) {
      // Either side went away, which ends both.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
