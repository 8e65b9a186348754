package dev.backstop.simulator.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Holds the connection of one client. */
final class Client {

  private static final int POLL_MILLIS = 20;

  private final Socket socket;
  private final PushbackInputStream in;
  private final Packets packets;

  Client(Socket socket, WireFault fault) throws IOException {
    this.socket = socket;
    this.in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()), 1);
    OutputStream out = socket.getOutputStream();
    OutputStream sent =
        fault.kind() == WireFault.Kind.CUT ? new CutOutput(out, socket, fault.bytes()) : out;
    this.packets = new Packets(in, new BufferedOutputStream(sent, 16_384));
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
