package dev.backstop.jdbc;

/** Receives the bounds that hold for the answers of a connection from now on. */
interface Guarded {

  /** Sets the bounds. */
  void bounds(AnswerBounds bounds);
}
