package dev.backstop.store;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Reads the name of this host: a daemon's name by default, and what tells hosts on a store apart.
 */
public final class HostName {

  private HostName() {}

  /** Returns the name; {@code localhost} where the system tells none. */
  public static String read() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }
}
