package dev.backstop.simulator.wire;

import java.util.Arrays;
import java.util.Objects;

/** Holds what a client says of itself: HandshakeResponse41. */
final class LoginRequest {

  private static final int RESERVED = 23;
  private static final int FIXED = 4 + 4 + 1 + RESERVED;

  private final boolean understood;
  private final String user;
  private final byte[] proof;
  private final String database;
  private final String plugin;

  private LoginRequest(PayloadReader in, boolean secured) {
    long flags = in.number(4);
    understood =
        (flags & Capability.PROTOCOL_41) != 0 && ((flags & Capability.SSL) != 0) == secured;
    in.skip(4 + 1 + RESERVED);
    user = in.terminated();
    boolean counted = (flags & Capability.SECURE_CONNECTION) != 0;
    proof = counted ? in.bytes((int) in.number(1)) : in.terminatedBytes();
    database = (flags & Capability.CONNECT_WITH_DB) != 0 ? in.terminated() : "";
    plugin = (flags & Capability.PLUGIN_AUTH) != 0 ? in.terminated() : "";
  }

  /**
   * Reads a packet of any content; what is missing in it is empty.
   *
   * @param secured whether it came over TLS, which it must then speak of
   */
  static LoginRequest of(byte[] payload, boolean secured) {
    return new LoginRequest(new PayloadReader(payload), secured);
  }

  /** Tells whether it only asks for TLS to begin: SSLRequest, which ends before the user. */
  static boolean isForTls(byte[] payload) {
    return payload.length == FIXED && (new PayloadReader(payload).number(4) & Capability.SSL) != 0;
  }

  /** Tells whether the client speaks the protocol that was offered to it. */
  boolean isUnderstood() {
    return understood;
  }

  String user() {
    return user;
  }

  byte[] proof() {
    return Arrays.copyOf(proof, proof.length);
  }

  /** Returns the database to begin in, empty for none. */
  String database() {
    return database;
  }

  /** Tells whether the proof follows another plugin's rules. */
  boolean needsSwitch() {
    return !plugin.isEmpty() && !Objects.equals(plugin, NativePassword.PLUGIN);
  }

  @Override
  public String toString() {
    return "login of " + user;
  }
}
