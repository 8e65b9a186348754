package dev.backstop.text;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/** Encodes text in a charset; characters that it lacks become escapes. Thread-safe. */
public final class NativeText {

  private final Charset charset;
  private final CharsetEncoder encoder;

  /** Creates an encoder for a charset. */
  public NativeText(Charset charset) {
    this.charset = charset;
    this.encoder = charset.newEncoder();
  }

  /**
   * Returns the charset of the locale; UTF-8 instead of ASCII, as terminals of the locale C mostly
   * understand UTF-8.
   */
  public static Charset charset() {
    String name = System.getProperty("native.encoding", "");
    if (!name.isEmpty() && Charset.isSupported(name)) {
      Charset found = Charset.forName(name);
      return found.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : found;
    }
    return StandardCharsets.UTF_8;
  }

  /** Returns the bytes of a text. */
  public synchronized byte[] bytes(String text) {
    return encodable(text).getBytes(charset);
  }

  /** Returns the text with escapes for characters that the charset lacks. */
  public synchronized String encodable(String text) {
    if (encoder.canEncode(text)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            one -> {
              String character = Character.toString(one);
              escaped.append(encoder.canEncode(character) ? character : VisibleText.escape(one));
            });
    return escaped.toString();
  }
}
