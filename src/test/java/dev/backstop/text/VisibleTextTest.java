package dev.backstop.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisibleTextTest {

  /** Escape, C1 controls, directions, separators, marks that take no room, halves, a tag. */
  private static final int[] HIDDEN = {
    0, 7, 8, 0x0b, 0x0c, 0x0e, 0x1b, 0x7f, 0x80, 0x85, 0x90, 0x9b, 0x9d, 0x9f, 0xad, 0x61c, 0x200b,
    0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xd800, 0xdfff, 0xfdd0,
    0xfeff, 0xfff9, 0xfffe, 0xffff, 0xe0041, 0x1ffff, 0x10ffff
  };

  @Test
  void everyHiddenCharacterBecomesItsEscape() {
    for (int one : HIDDEN) {
      String text = "a" + Character.toString(one) + "b";
      assertThat(VisibleText.line(text)).isEqualTo("a" + VisibleText.escape(one) + "b");
      assertThat(VisibleText.lines(text)).isEqualTo("a" + VisibleText.escape(one) + "b");
    }
    assertThat(VisibleText.line("\u001b[31m\u009b2J")).isEqualTo("\\u001b[31m\\u009b2J");
    assertThat(VisibleText.escape(0xe0041)).isEqualTo("\\udb40\\udc41");
  }

  @Test
  void whatCanBeSeenStaysAsItIs() {
    String text = "存储割接 ăß ‘x’ — 😀 السلام \u3000 \\u001b";
    assertThat(VisibleText.line(text)).isSameAs(text);
    assertThat(VisibleText.lines("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(VisibleText.line("a\r\n\tb\nc")).isEqualTo("a b c");
  }

  @Test
  void noCharacterOfAnyLineIsControlOrFormatOrSeparator() {
    String all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    assertThat(VisibleText.line(all).codePoints())
        .noneMatch(one -> Character.toString(one).matches("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]"));
  }

  @Test
  void streamKeepsCharactersTogetherThatComeInPieces() throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    byte[] bytes = "割\u001b[31m\u202e\n".getBytes(StandardCharsets.UTF_8);
    try (VisibleStream stream = new VisibleStream(target, StandardCharsets.UTF_8)) {
      for (byte one : bytes) {
        stream.write(one);
      }
    }
    assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("割\\u001b[31m\\u202e\n");
  }

  @Test
  void textIsWrittenInTheCharsetOfTheLocale_andWhatThatLacksIsEscaped() {
    Charset chinese = Charset.forName("GB18030");
    assertThat(new String(new NativeText(chinese).bytes("存储"), chinese)).isEqualTo("存储");
    assertThat(new NativeText(StandardCharsets.ISO_8859_1).bytes("é割😀"))
        .isEqualTo("é\\u5272\\ud83d\\ude00".getBytes(StandardCharsets.ISO_8859_1));
  }
}
