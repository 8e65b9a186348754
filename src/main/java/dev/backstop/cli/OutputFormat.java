package dev.backstop.cli;

/** Says how results are written. */
enum OutputFormat {
  TEXT,
  JSON
}
