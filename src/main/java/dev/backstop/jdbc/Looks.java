package dev.backstop.jdbc;

/** Says how often a cluster is looked at by who opens its connections. */
public enum Looks {
  /** Again and again: what fails is tried again by itself. */
  REPEATED,
  /** Once, for a person who waits for the answer. */
  ONE
}
