package dev.backstop.simulator.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Holds the connection of one client. */
final class Client {

  private static final int POLL_MILLIS = 20;

  private final WireFault fault;
  private final @Nullable SSLContext tls;
  private final Packets packets;
  private volatile Socket socket;
  private PushbackInputStream in;

  Client(Socket socket, WireFault fault, @Nullable SSLContext tls) throws IOException {
    this.fault = fault;
    this.tls = tls;
    this.socket = socket;
    this.in = input(socket);
    this.packets = new Packets(in, output(socket));
  }

  private static PushbackInputStream input(Socket socket) throws IOException {
    return new PushbackInputStream(new BufferedInputStream(socket.getInputStream()), 1);
  }

  private OutputStream output(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    OutputStream sent =
        fault.kind() == WireFault.Kind.CUT ? new CutOutput(out, socket, fault.bytes()) : out;
    return new BufferedOutputStream(sent, 16_384);
  }

  /** Tells whether TLS is offered. */
  boolean mayBeSecured() {
    return tls != null;
  }

  /** Begins TLS as its server; what was read ahead is the beginning of the client's part. */
  void secure() throws IOException {
    if (tls == null) {
      throw new IllegalStateException("TLS was not offered");
    }
    InputStream ahead = new ByteArrayInputStream(in.readNBytes(in.available()));
    SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, ahead, true);
    secured.setSoTimeout(socket.getSoTimeout());
    secured.startHandshake();
    socket = secured;
    in = input(secured);
    packets.move(in, output(secured));
  }

  Packets packets() {
    return packets;
  }

  Socket socket() {
    return socket;
  }

  /** Names the ways in which a wait can end. */
  enum WaitEnd {
    TIME,
    GONE,
    INTERRUPTED
  }

  /** Waits for a time, or until the client goes; what it sends meanwhile stays to be read. */
  WaitEnd await(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    int before = socket.getSoTimeout();
    socket.setSoTimeout(POLL_MILLIS);
    try {
      while (System.nanoTime() - end < 0) {
        if (Thread.interrupted()) {
          return WaitEnd.INTERRUPTED;
        }
        if (isGone()) {
          return WaitEnd.GONE;
        }
      }
      return WaitEnd.TIME;
    } finally {
      socket.setSoTimeout(before);
    }
  }

  private boolean isGone() throws IOException {
    try {
      int next = in.read();
      if (next < 0) {
        return true;
      }
      in.unread(next);
      // A client that sends on has not gone; without this pause the loop would spin.
      LockSupport.parkNanos(Duration.ofMillis(POLL_MILLIS).toNanos());
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
