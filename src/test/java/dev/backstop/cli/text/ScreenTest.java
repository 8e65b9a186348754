package dev.backstop.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

  @Test
  void linesThatFitAreShownAsTheyAre() {
    assertThat(new Screen(4, 80).fit(List.of("a", "b", "c"))).containsExactly("a", "b", "c");
  }

  @Test
  void whatDoesNotFitIsCounted_andTheCursorHasALineOfItsOwn() {
    assertThat(new Screen(4, 80).fit(List.of("a", "b", "c", "d")))
        .containsExactly("a", "b", "... and 2 more lines");
  }

  @Test
  void longLineIsCut_andItsStyleEnds() {
    String styled = "x " + TextStyle.BAD.paint("UNKNOWN", true) + " words";
    assertThat(new Screen(9, 5).fit(List.of(styled)))
        .containsExactly("x " + TextStyle.BAD.paint("UNK", true));
  }
}
