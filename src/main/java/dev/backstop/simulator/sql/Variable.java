package dev.backstop.simulator.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes one system variable: its value on a fresh server, and what it may be set to.
 *
 * @param smallest the smallest number; ignored by other kinds
 * @param largest the largest number; ignored by other kinds
 */
record Variable(String initial, Kind kind, long smallest, long largest) {

  private static final long LONGEST_TIMEOUT = 3_216_672_000_000_000L;
  private static final List<String> MODES =
      List.of(
          "PIPES_AS_CONCAT",
          "ANSI_QUOTES",
          "ONLY_FULL_GROUP_BY",
          "NO_AUTO_VALUE_ON_ZERO",
          "NO_BACKSLASH_ESCAPES",
          "STRICT_TRANS_TABLES",
          "STRICT_ALL_TABLES",
          "NO_ZERO_IN_DATE",
          "NO_ZERO_DATE",
          "ERROR_FOR_DIVISION_BY_ZERO",
          "NO_AUTO_CREATE_USER",
          "NO_ENGINE_SUBSTITUTION");
  private static final List<String> ISOLATIONS =
      List.of("READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ", "SERIALIZABLE");

  /** The character sets that are played, with what they are called on the wire's side. */
  private static final Map<String, String> CHARACTER_SETS =
      Map.of("utf8", "utf8mb4", "utf8mb4", "utf8mb4", "binary", "binary");

  private static final List<String> COLLATIONS =
      List.of("utf8mb4_general_ci", "utf8mb4_bin", "binary");

  /** Names what values a variable takes, and who may set it. */
  enum Kind {
    NUMBER,
    /** Microseconds; any number is taken, one above 102 years with a warning. */
    TIMEOUT,
    SWITCH,
    TEXT,
    MODE,
    ISOLATION,
    CHARACTER_SET,
    COLLATION,
    ZONE,
    GLOBAL,
    READ_ONLY
  }

  /**
   * Holds what a statement assigns.
   *
   * @param text null for NULL
   * @param number whether it is a whole number
   * @param quoted whether it is a text, or a word, which counts as one
   */
  record Setting(@Nullable String text, boolean number, boolean quoted) {}

  static Variable number(long initial, long smallest, long largest) {
    return new Variable(String.valueOf(initial), Kind.NUMBER, smallest, largest);
  }

  static Variable of(Kind kind, String initial) {
    return new Variable(initial, kind, 0, 0);
  }

  /** Returns the value as it is kept; fails as the server does where it takes none such. */
  String checked(String name, Setting setting, boolean global) throws SqlFailure {
    String text = setting.text() == null ? "NULL" : setting.text();
    return switch (kind) {
      case NUMBER -> number(name, setting);
      case TIMEOUT -> timeout(name, setting);
      case SWITCH -> toggled(name, setting);
      case TEXT -> text;
      case MODE -> modes(name, setting);
      case ISOLATION -> {
        typed(name, setting.quoted());
        yield chosen(name, text.toUpperCase(Locale.ROOT), ISOLATIONS);
      }
      case CHARACTER_SET -> characterSet(name, setting);
      case COLLATION -> collation(text);
      case ZONE -> zone(name, setting);
      case GLOBAL -> {
        if (!global) {
          throw new SqlFailure(
              1229,
              "HY000",
              "Variable '" + name + "' is a GLOBAL variable and should be set with SET GLOBAL");
        }
        yield text;
      }
      case READ_ONLY ->
          throw new SqlFailure(1238, "HY000", "Variable '" + name + "' is a read only variable");
    };
  }

  private static void typed(String name, boolean fits) throws SqlFailure {
    if (!fits) {
      throw new SqlFailure(1232, "42000", "Incorrect argument type to variable '" + name + "'");
    }
  }

  private static SqlFailure refused(String name, String value) {
    return new SqlFailure(
        1231, "42000", "Variable '" + name + "' can't be set to the value of '" + value + "'");
  }

  private String number(String name, Setting setting) throws SqlFailure {
    typed(name, setting.number() && setting.text() != null && setting.text().length() < 20);
    long value = Long.parseLong(String.valueOf(setting.text()));
    if (value < smallest || value > largest) {
      throw refused(name, String.valueOf(value));
    }
    return String.valueOf(value);
  }

  private static String timeout(String name, Setting setting) throws SqlFailure {
    typed(name, setting.number() && setting.text() != null && setting.text().length() < 20);
    long value = Long.parseLong(String.valueOf(setting.text()));
    if (value > LONGEST_TIMEOUT) {
      Diagnostics.warn(1265, "Timeout value truncated to 102 years");
    }
    return String.valueOf(Math.min(value, LONGEST_TIMEOUT));
  }

  private static String toggled(String name, Setting setting) throws SqlFailure {
    String text = setting.text() == null ? "NULL" : setting.text();
    String word = text.toUpperCase(Locale.ROOT);
    if (setting.quoted() && (word.equals("ON") || word.equals("TRUE"))) {
      return "1";
    }
    if (setting.quoted() && (word.equals("OFF") || word.equals("FALSE"))) {
      return "0";
    }
    typed(name, setting.number() || setting.quoted() || setting.text() == null);
    if (!setting.number() || !(text.equals("0") || text.equals("1"))) {
      throw refused(name, text);
    }
    return text;
  }

  private static String chosen(String name, String word, List<String> words) throws SqlFailure {
    if (!words.contains(word)) {
      throw refused(name, word.toLowerCase(Locale.ROOT));
    }
    return word;
  }

  private static String modes(String name, Setting setting) throws SqlFailure {
    String text = setting.text() == null ? "NULL" : setting.text();
    List<String> asked =
        Arrays.stream(text.split(",")).filter(word -> !word.isEmpty()).distinct().toList();
    for (String mode : asked) {
      if (!MODES.contains(mode.toUpperCase(Locale.ROOT))) {
        throw refused(name, mode);
      }
    }
    return MODES.stream()
        .filter(mode -> asked.stream().anyMatch(mode::equalsIgnoreCase))
        .collect(Collectors.joining(","));
  }

  private static String characterSet(String name, Setting setting) throws SqlFailure {
    if (setting.text() == null) {
      if (name.equals("character_set_results")) {
        return "NULL";
      }
      throw refused(name, "NULL");
    }
    return characterSet(setting.text());
  }

  /** Returns what a character set is called once it is set. */
  static String characterSet(String name) throws SqlFailure {
    String known = CHARACTER_SETS.get(name.toLowerCase(Locale.ROOT));
    if (known == null) {
      throw new SqlFailure(1115, "42000", "Unknown character set: '" + name + "'");
    }
    return known;
  }

  static String collation(String name) throws SqlFailure {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!COLLATIONS.contains(lower)) {
      throw new SqlFailure(1273, "HY000", "Unknown collation: '" + name + "'");
    }
    return lower;
  }

  /** Takes an offset alone, as a server does that has no table of zones. */
  private static String zone(String name, Setting setting) throws SqlFailure {
    typed(name, setting.quoted());
    String text = String.valueOf(setting.text());
    if (!text.matches("[+-](0?\\d|1[0-3]):[0-5]\\d")) {
      throw new SqlFailure(1298, "HY000", "Unknown or incorrect time zone: '" + text + "'");
    }
    return text.matches("..:..") ? text.charAt(0) + "0" + text.substring(1) : text;
  }
}
