package dev.backstop.cli;

/** The formats of results. */
enum OutputFormat {
  TEXT,
  JSON
}
