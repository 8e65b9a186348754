package dev.backstop.oceanbase;

import dev.backstop.observation.ServerText;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deduplicates the texts of one result, as most jobs have the same destination. */
final class TextPool {

  private static final int MAX_CHARACTERS = 8 << 20;

  private final Map<String, ServerText> texts = new HashMap<>();
  private int characters;

  /** Returns a redacted text; null for null. */
  @Nullable ServerText of(@Nullable String text) throws SQLException {
    if (text == null) {
      return null;
    }
    ServerText known = texts.get(text);
    if (known != null) {
      return known;
    }
    ServerText redacted = ServerText.of(text);
    // A long text is not a key, which would hold all of it in memory.
    String key = redacted.wasCut() ? redacted.shown() : text;
    characters += key.length() + redacted.shown().length();
    if (characters > MAX_CHARACTERS) {
      throw new SQLException(
          "the answer has more than " + MAX_CHARACTERS / 2 + " characters of different texts");
    }
    if (!redacted.wasCut()) {
      texts.put(key, redacted);
    }
    return redacted;
  }
}
