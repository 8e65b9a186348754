package dev.backstop.notification;

import dev.backstop.observation.Redaction;
import dev.backstop.text.VisibleText;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes an address and a secret from the words of a receiver or a driver, which may repeat them.
 */
final class Redacted {

  private static final String HIDDEN = "***";
  private static final int LONGEST = 300;

  /** Shorter parts of an address are words such as {@code send}, and no token. */
  private static final int SHORTEST_PART = 6;

  private final List<String> secrets = new ArrayList<>();

  Redacted(URI address, @Nullable String secret) {
    add(address.toString());
    add(address.getRawQuery());
    parts(address.getRawQuery(), "[&=]");
    parts(address.getRawPath(), "/");
    add(secret);
    secrets.sort(Comparator.comparingInt(String::length).reversed());
  }

  private void parts(@Nullable String text, String between) {
    if (text != null) {
      for (String part : text.split(between, -1)) {
        if (part.length() >= SHORTEST_PART) {
          add(part);
          add(decoded(part));
        }
      }
    }
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
