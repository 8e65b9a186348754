package dev.backstop.oceanbase;

import dev.backstop.observation.ServerText;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the texts of one answer, equal ones once: most jobs have the same destination. */
final class TextPool {

  private static final int MOST_CHARACTERS = 8 << 20;

  private final Map<String, ServerText> texts = new HashMap<>();
  private int characters;

  /** Returns a text as it may be seen; null for null. */
  @Nullable ServerText of(@Nullable String text) throws SQLException {
    if (text == null) {
      return null;
    }
    ServerText known = texts.get(text);
    if (known != null) {
      return known;
    }
    ServerText made = ServerText.of(text);
    // A long text is not kept as a key, which would keep all of it.
    String key = made.wasCut() ? made.shown() : text;
    characters += key.length() + made.shown().length();
    if (characters > MOST_CHARACTERS) {
      throw new SQLException(
          "the answer has more than " + MOST_CHARACTERS / 2 + " characters of different texts");
    }
    if (!made.wasCut()) {
      texts.put(key, made);
    }
    return made;
  }
}
