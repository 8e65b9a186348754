package dev.backstop.simulator.wire;

/**
 * Says what goes wrong with connections that are made from now on.
 *
 * @param kind what goes wrong
 * @param bytes how many bytes the server may send before the cut, 0 for other kinds
 */
public record WireFault(Kind kind, int bytes) {

  /** Checks the count. */
  public WireFault {
    if (bytes < 0) {
      throw new IllegalArgumentException("A connection can't be cut after " + bytes + " bytes");
    }
  }

  /** Names the faults. */
  public enum Kind {
    /** Nothing goes wrong. */
    NONE,
    /** The port is closed: connecting is refused. */
    REFUSE,
    /** Connecting works and nothing is ever sent. */
    SILENCE,
    /** The connection is cut once so many bytes were sent. */
    CUT
  }

  /** Lets everything work. */
  public static WireFault none() {
    return new WireFault(Kind.NONE, 0);
  }

  /** Closes the port; connections that are open stay. */
  public static WireFault refuse() {
    return new WireFault(Kind.REFUSE, 0);
  }

  /** Accepts and never answers. */
  public static WireFault silence() {
    return new WireFault(Kind.SILENCE, 0);
  }

  /** Cuts each connection once the server has sent so many bytes. */
  public static WireFault cutAfter(int bytes) {
    return new WireFault(Kind.CUT, bytes);
  }
}
