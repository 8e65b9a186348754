package dev.backstop.text;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Writer that escapes control characters ({@link VisibleText}). */
public final class VisibleWriter extends FilterWriter {

  private final NativeText charset;

  /** Creates a writer to a target with a charset. */
  public VisibleWriter(Writer target, NativeText charset) {
    super(target);
    this.charset = charset;
  }

  @Override
  public void write(int one) throws IOException {
    write(String.valueOf((char) one));
  }

  @Override
  public void write(char[] units, int from, int length) throws IOException {
    write(new String(units, from, length));
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    out.write(charset.encodable(VisibleText.lines(text.substring(from, from + length))));
  }
}
