package dev.backstop.config;

import dev.backstop.config.Node.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A file's bytes as text, up to the first place where they are none.
 *
 * @param text what could be read, without a byte order mark
 * @param flaw why the text ends before the file does; null where it does not
 */
record FileText(String text, @Nullable String flaw) {

  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

  /** The parser takes the square of the time for twice the word. */
  private static final int LONGEST_WORD = 256 * 1024;

  private static final String WORD_ENDS = " \t\r\n,\"'";

  /** What follows it in Unicode, as letters do, need not be searched for. */
  private static final char LAST_WORD_END = ',';

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Decodes UTF-8, with or without a byte order mark, up to a limit. */
  static FileText of(byte[] bytes, SizeLimit limit) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer decoded = CharBuffer.allocate(bytes.length + 1);
    ByteBuffer input = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, limit.bytes()));
    CoderResult result = decoder.decode(input, decoded, true);
    String text = withoutMark(decoded.flip().toString());
    int odd = firstUnprintable(text);
    if (odd >= 0) {
      String code = String.format(Locale.ROOT, "U+%04X", text.codePointAt(odd));
      return new FileText(
          text.substring(0, odd), "the character " + code + " is not allowed in a YAML file");
    }
    int word = firstTooLong(text);
    String parsed = word < 0 ? text : text.substring(0, word);
    if (bytes.length > limit.bytes()) {
      return new FileText(parsed, limit.words());
    }
    if (word >= 0) {
      return new FileText(
          parsed,
          "a word of more than %s characters begins here, which no honest file has"
              .formatted(LONGEST_WORD));
    }
    if (result.isError()) {
      return new FileText(text, "the file is not UTF-8 from here on; save it as UTF-8");
    }
    return new FileText(text, null);
  }

  /** Returns a text's lines without their ends, broken where YAML breaks them. */
  static List<String> lines(String text) {
    return List.of(LINE_BREAK.split(text, -1));
  }

  /** Returns the place after the last character. */
  Place end() {
    List<String> lines = lines(text);
    String last = lines.get(lines.size() - 1);
    return new Place(lines.size(), last.codePointCount(0, last.length()) + 1);
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** Returns where a word begins that is too long to be parsed; -1 for none. */
  private static int firstTooLong(String text) {
    if (text.length() <= LONGEST_WORD) {
      return -1;
    }
    int begin = 0;
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (unit <= LAST_WORD_END && WORD_ENDS.indexOf(unit) >= 0) {
        begin = at + 1;
      } else if (at - begin >= LONGEST_WORD) {
        return begin;
      }
    }
    return -1;
  }

  private static int firstUnprintable(String text) {
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      // Nearly all of a file is plain, and this takes half of the time.
      boolean isPlain = point >= ' ' && point <= '~';
      if (!isPlain && !StreamReader.isPrintable(point)) {
        return at;
      }
      at += Character.charCount(point);
    }
    return -1;
  }
}
