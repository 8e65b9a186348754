package dev.backstop.config;

import dev.backstop.policy.Desired;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Reads {@code secondaryBackup}: on, off, or one of them for each kind.
 *
 * @param data the wish for backup sets
 * @param log the wish for pieces and the continuous archive
 */
record DesiredReader(Desired data, Desired log) {

  private static final String KEY = "secondaryBackup";
  private static final String FORMS = "off, or {data: off, log: on}";

  private static final Map<String, String> MEANT =
      Map.of("true", "on", "yes", "on", "y", "on", "false", "off", "no", "off", "n", "off");

  /** Returns the wishes; null where they are absent or malformed, which is noted. */
  static @Nullable DesiredReader read(Section section) {
    section.require(KEY, KEY + ": " + FORMS);
    if (section.node(KEY) instanceof MappingNode) {
      return each(section);
    }
    Desired both = section.value(KEY, DesiredReader::wish);
    return both == null ? null : new DesiredReader(both, both);
  }

  private static @Nullable DesiredReader each(Section section) {
    Section wishes = section.section(KEY, Keys.WISHES, "{data: off, log: on}");
    if (wishes == null) {
      return null;
    }
    Desired data = wishes.required("data", DesiredReader::wish, "data: off");
    Desired log = wishes.required("log", DesiredReader::wish, "log: off");
    return data == null || log == null ? null : new DesiredReader(data, log);
  }

  /** YAML 1.1 would take many words for these two; only the two themselves are accepted. */
  private static Desired wish(String text) throws MalformedValue {
    for (Desired wish : Desired.values()) {
      if (wish.word().equals(text)) {
        return wish;
      }
    }
    String word = text.toLowerCase(Locale.ROOT);
    String meant = MEANT.getOrDefault(word, word.equals("on") || word.equals("off") ? word : "");
    throw new MalformedValue(
        "must be on or off, not "
            + Values.quote(text)
            + (meant.isEmpty() ? "" : "; did you mean '" + meant + "'?"));
  }
}
