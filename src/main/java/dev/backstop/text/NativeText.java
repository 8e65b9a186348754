package dev.backstop.text;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/** Writes text in the charset of the locale; what that does not have becomes a visible escape. */
public final class NativeText {

  private final Charset charset;
  private final CharsetEncoder encoder;

  /** Encodes in a charset. */
  public NativeText(Charset charset) {
    this.charset = charset;
    this.encoder = charset.newEncoder();
  }

  /**
   * Returns the charset of the locale, as the system names it; UTF-8 where it is ASCII alone, whose
   * terminals mostly know more than their locale says.
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

  /** Returns the text with an escape for every character that the charset does not have. */
  public synchronized String encodable(String text) {
    if (encoder.canEncode(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            one -> {
              String character = Character.toString(one);
              shown.append(encoder.canEncode(character) ? character : VisibleText.escape(one));
            });
    return shown.toString();
  }
}
