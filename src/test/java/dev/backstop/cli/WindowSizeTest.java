package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.text.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowSizeTest {

  @Test
  void answerNamesRowsAndColumns() {
    assertThat(WindowSize.parse("24 80\n")).contains(new Screen(24, 80));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 0\n", "1 80\n", "24", "stty: standard input"})
  void anythingElseIsNoWindow(String answer) {
    assertThat(WindowSize.parse(answer)).isEmpty();
  }
}
