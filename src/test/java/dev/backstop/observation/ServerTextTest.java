package dev.backstop.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerTextTest {

  @Test
  void keepsTextOfTheLongestLengthWhole() {
    String text = "x".repeat(ServerText.LONGEST);

    assertThat(ServerText.of(text)).isEqualTo(new ServerText(text, false));
  }

  @Test
  void cutsWhatIsLonger_andSaysSo() {
    ServerText text = ServerText.of("x".repeat(ServerText.LONGEST + 1));

    assertThat(text.wasCut()).isTrue();
    assertThat(text.shown()).hasSize(ServerText.LONGEST);
  }

  @Test
  void cutsNoCharacterInTwo() {
    ServerText text = ServerText.of("x".repeat(ServerText.LONGEST - 1) + "\ud83d\ude00y");

    assertThat(text).isEqualTo(new ServerText("x".repeat(ServerText.LONGEST - 1), true));
  }

  @Test
  void hidesCredentialsBeforeItCuts() {
    String before = "x".repeat(ServerText.LONGEST - 20) + " access_key=";

    ServerText text = ServerText.of(before + "s3cr3t".repeat(100));

    assertThat(text).isEqualTo(new ServerText(before + "***", false));
  }

  @Test
  void putsTextOnOneLine() {
    assertThat(ServerText.of("a \n\t b\r\nc").onOneLine()).isEqualTo("a b c");
  }
}
