package dev.backstop.force;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Texts for a person to follow. They name statements that the program must not be able to send, so
 * they are resources and no constants of it.
 */
enum Runbook {
  /** What is ended. */
  ENDS("ends.txt"),
  /** What must be done after. */
  AFTER("after.txt");

  private final String file;

  Runbook(String file) {
    this.file = file;
  }

  List<String> lines(String cluster) {
    try (InputStream text = Runbook.class.getResourceAsStream(file)) {
      if (text == null) {
        throw new IllegalStateException("the program lacks " + file);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{cluster}", cluster)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the program's " + file + " can't be read", e);
    }
  }
}
