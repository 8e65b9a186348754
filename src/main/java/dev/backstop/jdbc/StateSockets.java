package dev.backstop.jdbc;

/** Makes the driver's sockets for the state store; it finds this class by name. */
public final class StateSockets extends BoundedSockets {

  /** Makes sockets with the bounds of the state store. */
  public StateSockets() {
    super(AnswerBounds.STORE);
  }
}
