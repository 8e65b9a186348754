package dev.backstop.folder;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Names files by the bytes of their names, the same under every locale: UTF-8 is shown as text, any
 * other byte, a control character and a backslash as {@code \xE4}. Two names are equal exactly when
 * their bytes are.
 */
final class FileNames {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private FileNames() {}

  /** Returns the name of a path's last part. */
  static String of(Path path) {
    Path last = path.getFileName();
    String text = last == null ? "" : last.toString();
    if (isPlain(text)) {
      return text;
    }
    String whole = shown(path);
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  /** Returns a whole path as it is written, absolute or not. */
  static String ofPath(Path path) {
    String text = path.toString();
    if (isPlain(text)) {
      return text;
    }
    return path.isAbsolute()
        ? shown(path)
        : shown(path.getFileSystem().getPath("/").resolve(path)).substring(1);
  }

  /** Returns whether a text is printable ASCII, which is itself in every charset of a locale. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String shown(Path absolute) {
    // The URI of a path is the one place where the JDK gives out its bytes; a plus is no space.
    String uri = absolute.toUri().getRawPath().replace("+", "%2B");
    ByteBuffer bytes =
        ByteBuffer.wrap(
            URLDecoder.decode(uri, StandardCharsets.ISO_8859_1)
                .getBytes(StandardCharsets.ISO_8859_1));
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    StringBuilder shown = new StringBuilder();
    CoderResult result;
    do {
      result = decoder.reset().decode(bytes, text, true);
      text.flip().codePoints().forEach(code -> append(shown, code));
      text.clear();
      for (int left = result.isError() ? result.length() : 0; left > 0; left--) {
        escape(shown, bytes.get());
      }
    } while (result.isError());
    // A folder's URI ends in a slash.
    int length = shown.length();
    return length > 1 && shown.charAt(length - 1) == '/'
        ? shown.substring(0, length - 1)
        : shown.toString();
  }

  /** Appends a character, escaped where it is not seen as itself or is the one that escapes. */
  private static void append(StringBuilder shown, int code) {
    boolean isHidden =
        switch (Character.getType(code)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              true;
          default -> code == '\\';
        };
    if (isHidden) {
      for (byte one : Character.toString(code).getBytes(StandardCharsets.UTF_8)) {
        escape(shown, one);
      }
    } else {
      shown.appendCodePoint(code);
    }
  }

  private static void escape(StringBuilder shown, byte one) {
    shown.append("\\x").append(HEX.toHexDigits(one));
  }
}
