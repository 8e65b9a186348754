package dev.backstop.config;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the name of a file or folder; relative ones are relative to the configuration's base. */
final class PathText {

  private PathText() {}

  /**
   * Returns the path.
   *
   * @param what names what is meant, such as "a file"; the text itself may be a secret
   * @throws MalformedValue where no file can have that name, or the locale can't write it
   */
  static Path read(String text, Path base, String what) throws MalformedValue {
    try {
      return base.resolve(text).normalize();
    } catch (InvalidPathException invalid) {
      String wrong = "must be the name of " + what;
      throw new MalformedValue(isForeign(text) ? wrong + "; " + repair() : wrong);
    }
  }

  private static boolean isForeign(String text) {
    return text.indexOf(0) < 0 && !StandardCharsets.US_ASCII.newEncoder().canEncode(text);
  }

  private static String repair() {
    String charset = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    return "the locale's charset " + charset + " can't write it: use a UTF-8 locale";
  }
}
