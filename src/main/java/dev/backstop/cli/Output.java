package dev.backstop.cli;

/** Says how results are written. */
enum Output {
  TEXT,
  JSON
}
