package dev.backstop.folder;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

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
    return isPlain(text) ? text : shown(lastPart(bytes(path)));
  }

  /** Returns a whole path as it is written, absolute or not. */
  static String ofPath(Path path) {
    String text = path.toString();
    if (isPlain(text)) {
      return text;
    }
    Path absolute = path.isAbsolute() ? path : path.getFileSystem().getPath("/").resolve(path);
    byte[] bytes = bytes(absolute);
    String whole = shown(bytes);
    return path.isAbsolute() ? whole : whole.substring(1);
  }

  /** What is printable ASCII is itself in every charset that a locale can have. */
  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '\\');
  }

  /** The URI of a path is the one place where the JDK gives out its bytes. */
  private static byte[] bytes(Path path) {
    URI uri = path.toUri();
    String raw = uri.getRawPath();
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int at = 0; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (c == '%') {
        bytes.put((byte) HexFormat.fromHexDigits(raw, at + 1, at + 3));
        at += 2;
      } else {
        bytes.put((byte) c);
      }
    }
    int length = bytes.position();
    // A folder's URI ends in a slash.
    boolean isFolder = length > 1 && bytes.get(length - 1) == '/';
    byte[] exact = new byte[isFolder ? length - 1 : length];
    bytes.flip().get(exact);
    return exact;
  }

  private static byte[] lastPart(byte[] path) {
    int from = path.length;
    while (from > 0 && path[from - 1] != '/') {
      from--;
    }
    return Arrays.copyOfRange(path, from, path.length);
  }

  private static String shown(byte[] bytes) {
    StringBuilder shown = new StringBuilder(bytes.length + 16);
    int at = 0;
    while (at < bytes.length) {
      int length = lengthOfCharacter(bytes, at);
      String text = length == 0 ? null : decoded(bytes, at, length);
      if (text == null) {
        escape(shown, bytes, at, 1);
        at++;
      } else if (isHidden(text)) {
        escape(shown, bytes, at, length);
        at += length;
      } else {
        shown.append(text);
        at += length;
      }
    }
    return shown.toString();
  }

  private static void escape(StringBuilder shown, byte[] bytes, int from, int length) {
    for (int at = from; at < from + length; at++) {
      shown.append("\\x").append(HEX.toHexDigits(bytes[at]));
    }
  }

  /** Tells whether a character would not be seen as itself, or is the one that escapes. */
  private static boolean isHidden(String character) {
    int code = character.codePointAt(0);
    return switch (Character.getType(code)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> code == '\\';
    };
  }

  private static int lengthOfCharacter(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int length = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return at + length <= bytes.length ? length : 0;
  }

  private static @Nullable String decoded(byte[] bytes, int from, int length) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(2);
    boolean isMalformed =
        decoder.decode(ByteBuffer.wrap(bytes, from, length), text, true).isError();
    return isMalformed ? null : text.flip().toString();
  }
}
