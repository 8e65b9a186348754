package dev.backstop.store;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Reads the name by which this host is told from others that share a store. */
final class HostName {

  private HostName() {}

  static String read() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }
}
