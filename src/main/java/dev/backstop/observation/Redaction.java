package dev.backstop.observation;

import java.util.Locale;
import java.util.Set;

/**
 * Removes credentials from destinations, comments and server messages.
 *
 * <p>One pass from left to right, in linear time and without recursion, as the text may come from
 * anybody. A quoted value without a closing quote is hidden to the end, as the text may be cut.
 */
public final class Redaction {

  private static final String HIDDEN = "***";

  /** Ends of names whose value is hidden, without underscores. */
  private static final Set<String> KEYS =
      Set.of(
          "accessid",
          "accesskey",
          "accesskeyid",
          "secret",
          "secretid",
          "secretkey",
          "password",
          "passwd",
          "pwd",
          "token",
          "appid",
          "deletemodekey",
          "encryptkey",
          "signature",
          "credential");

  private static final int LONGEST_KEY = 15;

  private final CharSequence text;
  private final int length;
  private final StringBuilder hidden;
  private int at;

  private Redaction(CharSequence text) {
    this.text = text;
    this.length = text.length();
    this.hidden = new StringBuilder(length);
  }

  /** Returns the text with the values of keys, passwords and user info replaced by {@code ***}. */
  public static String of(CharSequence text) {
    return new Redaction(text).hide();
  }

  private String hide() {
    while (at < length) {
      if (isOfName(text.charAt(at))) {
        name();
      } else if (isSchemesEnd()) {
        userInfo();
      } else {
        keep(at + 1);
      }
    }
    return hidden.toString();
  }

  private void keep(int until) {
    hidden.append(text, at, until);
    at = until;
  }

  /** Takes a name whole, and hides the value that follows it where it is a credential's. */
  private void name() {
    int end = at;
    while (end < length && isOfName(text.charAt(end))) {
      end++;
    }
    boolean isStatement = isWord("identified", at, end);
    int value = isStatement ? afterBy(end) : isKey(at, end) ? afterSign(end) : -1;
    int valueEnd = value < 0 ? -1 : valueEnd(value, isStatement);
    if (valueEnd <= value) {
      keep(end);
      return;
    }
    keep(value);
    hidden.append(HIDDEN);
    at = valueEnd;
  }

  /** Returns whether a name is a key, or ends with one after an underscore. */
  private boolean isKey(int from, int end) {
    StringBuilder reversed = new StringBuilder(LONGEST_KEY);
    for (int i = end - 1; i >= from && reversed.length() <= LONGEST_KEY; i--) {
      char one = text.charAt(i);
      if (one == '_') {
        if (KEYS.contains(turned(reversed))) {
          return true;
        }
      } else {
        reversed.append(lower(one));
      }
      if (end - i > 2 * LONGEST_KEY) {
        return false;
      }
    }
    return KEYS.contains(turned(reversed));
  }

  private static String turned(StringBuilder reversed) {
    return new StringBuilder(reversed).reverse().toString();
  }

  private boolean isWord(String word, int from, int end) {
    return end - from == word.length()
        && text.subSequence(from, end).toString().toLowerCase(Locale.ROOT).equals(word);
  }

  /** Returns where the value after {@code =} or {@code :} begins; -1 where none follows. */
  private int afterSign(int from) {
    int sign = from;
    if (sign < length && isQuote(text.charAt(sign))) {
      sign++;
    }
    sign = afterSpace(sign);
    boolean isSign = sign < length && (text.charAt(sign) == '=' || text.charAt(sign) == ':');
    return isSign ? afterSpace(sign + 1) : -1;
  }

  private int afterBy(int from) {
    int by = afterSpace(from);
    boolean isBy = by > from && by + 2 <= length && isWord("by", by, by + 2);
    int value = isBy ? afterSpace(by + 2) : -1;
    return isBy && value > by + 2 ? value : -1;
  }

  private int afterSpace(int from) {
    int next = from;
    while (next < length && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next;
  }

  /**
   * Returns where a value ends, at white space alone or earlier; where it begins if there is none.
   */
  private int valueEnd(int from, boolean atSpaceAlone) {
    if (from < length && isQuote(text.charAt(from))) {
      int end = from + 1;
      while (end < length && text.charAt(end) != text.charAt(from)) {
        end++;
      }
      return Math.min(length, end + 1);
    }
    int end = from;
    while (end < length && !isBreak(text.charAt(end), atSpaceAlone)) {
      end++;
    }
    return end;
  }

  private boolean isSchemesEnd() {
    return at > 0
        && at + 2 < length
        && text.charAt(at) == ':'
        && text.charAt(at + 1) == '/'
        && text.charAt(at + 2) == '/'
        && isOfScheme(text.charAt(at - 1));
  }

  /** Hides what stands between {@code ://} and the {@code @} before any slash. */
  private void userInfo() {
    keep(at + 3);
    int end = at;
    while (end < length && !isUserInfosEnd(text.charAt(end))) {
      end++;
    }
    if (end > at && end < length && text.charAt(end) == '@') {
      hidden.append(HIDDEN);
      at = end;
    }
  }

  private static boolean isUserInfosEnd(char one) {
    return one == '/' || one == '@' || one == '?' || Character.isWhitespace(one);
  }

  private static boolean isBreak(char one, boolean atSpaceAlone) {
    return (!atSpaceAlone && "&;,'\"?)".indexOf(one) >= 0) || Character.isWhitespace(one);
  }

  private static boolean isQuote(char one) {
    return one == '\'' || one == '"';
  }

  private static boolean isOfScheme(char one) {
    return isOfName(one) || one == '+' || one == '.' || one == '-';
  }

  private static boolean isOfName(char one) {
    char small = lower(one);
    return (small >= 'a' && small <= 'z') || (one >= '0' && one <= '9') || one == '_';
  }

  private static char lower(char one) {
    return one >= 'A' && one <= 'Z' ? (char) (one + ('a' - 'A')) : one;
  }
}
