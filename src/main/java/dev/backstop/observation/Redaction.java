package dev.backstop.observation;

import java.util.regex.Pattern;

/** Removes credentials from destinations, comments and server messages before they go anywhere. */
public final class Redaction {

  private static final String HIDDEN = "***";
  private static final Pattern KEY_VALUE =
      Pattern.compile(
          "(?i)\\b((?:[a-z0-9]+_)*(?:access_?id|access_?key(?:_?id)?|secret(?:_?(?:id|key))?|password|passwd|pwd|token"
              + "|appid|delete_mode_key|encrypt_key|signature|credential)['\"]?\\s*[=:]\\s*)"
              + "('[^']*'|\"[^\"]*\"|[^&\\s;,'\"?)]+)");
  private static final Pattern USER_INFO = Pattern.compile("(?i)([a-z][a-z0-9+.-]*://)[^/@\\s?]+@");
  private static final Pattern IDENTIFIED_BY =
      Pattern.compile("(?i)(identified\\s+by\\s+)('[^']*'|\"[^\"]*\"|\\S+)");

  private Redaction() {}

  /** Returns the text with the values of keys, passwords and user info replaced by {@code ***}. */
  public static String of(String text) {
    String hidden = KEY_VALUE.matcher(text).replaceAll("$1" + HIDDEN);
    hidden = USER_INFO.matcher(hidden).replaceAll("$1" + HIDDEN + "@");
    return IDENTIFIED_BY.matcher(hidden).replaceAll("$1" + HIDDEN);
  }
}
