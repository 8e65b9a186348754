package dev.backstop.observation;

import java.util.Locale;

/** Names the two halves of a secondary backup, which run and stop independently of each other. */
public enum Kind {
  /** Backup sets. */
  DATA,
  /** Pieces and the continuous archive: whichever of the two runs is read from the server. */
  LOG;

  /** Returns the word used in files, JSON and labels: {@code data} or {@code log}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what people read: {@code secondary data} or {@code secondary log}. */
  public String title() {
    return "secondary " + word();
  }
}
