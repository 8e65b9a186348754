package dev.backstop.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that say where a password lies, of which a section has one. */
final class PasswordKeys {

  private static final List<String> KEYS =
      List.of("passwordFile", "passwordEnv", "passwordCommand");

  private PasswordKeys() {}

  /** Returns whether a section has one of the keys, or tries to hold the password itself. */
  static boolean areIn(Section section) {
    return KEYS.stream().anyMatch(section::has) || section.hasRefused("password");
  }

  /** Returns where a password lies; null where that is missing or malformed, which is noted. */
  static @Nullable Secret read(Section section, Path base) {
    if (!areIn(section)) {
      section.refuseMissing("passwordFile");
    }
    return find(section, base);
  }

  /** Returns where a password lies; null where no key says so, or one is malformed (then noted). */
  static @Nullable Secret find(Section section, Path base) {
    section.refuseBoth("passwordFile", "passwordEnv");
    section.refuseBoth("passwordFile", "passwordCommand");
    section.refuseBoth("passwordEnv", "passwordCommand");
    if (section.has("passwordCommand")) {
      return command(section, base);
    }
    return section.has("passwordFile")
        ? section.find("passwordFile", text -> ConfValues.passwordFile(text, base))
        : section.find("passwordEnv", ConfValues::passwordVariable);
  }

  private static @Nullable Secret command(Section section, Path base) {
    List<String> words =
        section.words("passwordCommand", "name a program and its arguments, or take the key away");
    if (words == null) {
      return null;
    }
    try {
      return ConfValues.passwordCommand(words, base);
    } catch (MalformedValue malformed) {
      section.refuseValue("passwordCommand", String.valueOf(malformed.getMessage()));
      return null;
    }
  }
}
