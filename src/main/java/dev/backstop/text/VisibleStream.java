package dev.backstop.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Stream that decodes UTF-8, escapes control characters ({@link VisibleText}) and encodes in
 * another charset, without buffering.
 */
public final class VisibleStream extends OutputStream {

  private final OutputStream target;
  private final NativeText text;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer pending = ByteBuffer.allocate(0);

  /** Creates a stream to a target with a charset. */
  public VisibleStream(OutputStream target, Charset charset) {
    this.target = target;
    this.text = new NativeText(charset);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    ByteBuffer input = ByteBuffer.allocate(pending.remaining() + length);
    input.put(pending).put(bytes, from, length).flip();
    CharBuffer decoded = CharBuffer.allocate(input.remaining());
    decoder.decode(input, decoded, false);
    pending = ByteBuffer.allocate(input.remaining()).put(input).flip();
    String visible = VisibleText.lines(decoded.flip().toString());
    target.write(text.bytes(visible));
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }
}
