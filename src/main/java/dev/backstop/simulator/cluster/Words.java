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
          "\\s*(?:('(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.)*\")|(=)|(`?[\\w$-]+`?)|(\\S))");

  private final List<String> tokens = new ArrayList<>();
  private int position;

  Words(String statement) {
    String text = statement.strip();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).strip();
    }
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.lookingAt()) {
      tokens.add(matcher.group().strip());
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
      if (place >= tokens.size() || !tokens.get(place).equalsIgnoreCase(words[i])) {
        return false;
      }
    }
    position += words.length;
    return true;
  }

  /** Takes these words if all of them are what is left. */
  boolean takeLast(String... words) {
    return tokens.size() - position == words.length && take(words);
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
