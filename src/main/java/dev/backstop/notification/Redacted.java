package dev.backstop.notification;

import dev.backstop.observation.Redaction;
import dev.backstop.text.VisibleText;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes an address and a secret from the words of a receiver or a driver, which may repeat them.
 */
final class Redacted {

  private static final String HIDDEN = "***";
  private static final int LONGEST = 300;

  private static final int SHORTEST_TOKEN = 6;

  /** A part without a digit that is shorter is a word such as {@code webhook}, and no token. */
  private static final int LONGEST_WORD = 15;

  private static final Pattern DIGIT = Pattern.compile("\\d");

  private final List<String> secrets = new ArrayList<>();

  Redacted(URI address, @Nullable String secret) {
    add(address.toString());
    add(address.getRawQuery());
    parts(address.getRawQuery(), "&|[^&=]*=");
    parts(address.getRawPath(), "/");
    add(secret);
    secrets.sort(Comparator.comparingInt(String::length).reversed());
  }

  private void parts(@Nullable String text, String between) {
    if (text != null) {
      for (String part : text.split(between, -1)) {
        if (mayBeToken(part)) {
          add(part);
          add(decoded(part));
        }
      }
    }
  }

  private static boolean mayBeToken(String part) {
    return part.length() > LONGEST_WORD
        || (part.length() >= SHORTEST_TOKEN && DIGIT.matcher(part).find());
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }

  private void add(@Nullable String secret) {
    if (secret != null && !secret.isBlank()) {
      secrets.add(secret);
    }
  }

  /** Returns words in one line, cut, without what must not be seen. */
  String words(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, HIDDEN);
    }
    shown = VisibleText.line(Redaction.of(shown).strip());
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "...";
  }
}
