package dev.backstop.simulator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a statement word by word; keywords in any case. */
final class Words {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:('(?:[^'\\\\]|\\\\.|'')*+'|\"(?:[^\"\\\\]|\\\\.)*+\")|(=)|(`?[\\w$-]+`?)|(\\S))");

  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private int position;
  private int furthest;

  Words(String statement) {
    String text = statement.stripTrailing();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.lookingAt()) {
      tokens.add(matcher.group().strip());
      starts.add(matcher.end() - tokens.get(tokens.size() - 1).length());
      matcher.region(matcher.end(), text.length());
    }
  }

  boolean isAtEnd() {
    return position == tokens.size();
  }

  /** Takes these words if all of them come next. */
  boolean take(String... words) {
    for (int i = 0; i < words.length; i++) {
      int place = position + i;
      furthest = Math.max(furthest, place);
      if (place >= tokens.size() || !tokens.get(place).equalsIgnoreCase(words[i])) {
        return false;
      }
    }
    position += words.length;
    furthest = Math.max(furthest, position);
    return true;
  }

  /** Takes these words if all of them are what is left. */
  boolean takeLast(String... words) {
    int before = position;
    if (take(words) && isAtEnd()) {
      return true;
    }
    position = before;
    return false;
  }

  /** Returns where the first word stands that no attempt has taken; the last where all were. */
  int stumbledAt() {
    int index = Math.min(furthest, starts.size() - 1);
    return index < 0 ? 0 : starts.get(index);
  }

  /** Takes a whole number. */
  Optional<Long> takeNumber() {
    if (isAtEnd() || !tokens.get(position).matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(tokens.get(position++)));
  }

  /** Takes a quoted text or a bare word. */
  Optional<String> takeText() {
    if (isAtEnd() || tokens.get(position).equals("=")) {
      return Optional.empty();
    }
    String token = tokens.get(position++);
    char quote = token.charAt(0);
    if (quote == '\'' || quote == '"' || quote == '`') {
      String inner = token.substring(1, Math.max(1, token.length() - 1));
      return Optional.of(inner.replace("''", "'").replaceAll("\\\\(.)", "$1"));
    }
    return Optional.of(token);
  }
}
