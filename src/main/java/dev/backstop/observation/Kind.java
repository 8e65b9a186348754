package dev.backstop.observation;

import java.util.Locale;

/** The two halves of secondary backup, which run and stop independently. */
public enum Kind {
  /** Backup sets. */
  DATA,
  /** Pieces or the continuous archive, whichever runs. */
  LOG;

  /** Returns the word used in files, JSON and labels: {@code data} or {@code log}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the title in texts: {@code secondary data} or {@code secondary log}. */
  public String title() {
    return "secondary " + word();
  }
}
