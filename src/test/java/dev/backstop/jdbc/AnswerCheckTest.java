package dev.backstop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCheckTest {

  private static final String OK = "00 00 00 0200 0000";
  private static final String END = "fe 0000 0200";
  private static final String ERROR = "ff 4804 233432303030 78";
  private static final String COLUMN = "03646566 00 00 00 016e 00 0c 3f00 05000000 fd 0000 00 0000";

  private final AnswerCheck check =
      AnswerCheck.fromGreeting(new AnswerBounds(1 << 20, 1 << 20, 3, 100));

  @Test
  void letsLoginAndAnswersPass() throws BadAnswerException {
    login();
    query();
    answered("01", COLUMN, END, "0161", "fb", END);
    query();
    answered(OK);
    query();
    answered(ERROR);

    assertThat(check.isComplete()).isTrue();
  }

  @Test
  void knowsWhetherMoreIsDue() throws BadAnswerException {
    login();
    query();
    assertThat(check.isComplete()).isFalse();
    answered("01", COLUMN, END, "0161");
    assertThat(check.isComplete()).isFalse();
    answered(END);
    assertThat(check.isComplete()).isTrue();
  }

  /** The first is 60,000,000, for which the driver made room. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fe 0087930300000000",
        "fe ffffffffffffffff",
        "fe 0000000000000080",
        "fd ffffff",
        "fc 6500",
        "65"
      })
  void refusesMoreColumnsThanAnybodyAskedFor(String count) throws BadAnswerException {
    login();
    query();

    assertThatThrownBy(() -> answered(count))
        .isInstanceOf(BadAnswerException.class)
        .hasMessageContaining("columns were announced, and at most 100 are taken");
  }

  @ParameterizedTest
  @CsvSource({"fe ffffff7f00000000 61", "fe ffffffffffffffff 61", "fc ffff 61", "02 61"})
  void refusesTextLongerThanItsPacket(String row) throws BadAnswerException {
    login();
    query();
    answered("01", COLUMN, END);

    assertThatThrownBy(() -> answered(row))
        .isInstanceOf(BadAnswerException.class)
        .hasMessage("a packet ends before a part of it that it announces");
  }

  @Test
  void refusesColumnWhoseNameIsLongerThanItsPacket() throws BadAnswerException {
    login();
    query();
    answered("01");

    assertThatThrownBy(() -> answered("03646566 fe ffffff7f00000000"))
        .isInstanceOf(BadAnswerException.class);
  }

  @Test
  void refusesRowsWithoutEnd() throws BadAnswerException {
    login();
    query();
    answered("01", COLUMN, END, "fb", "fb", "fb");

    assertThatThrownBy(() -> answered("fb")).hasMessage("the answer has more than 3 rows");
  }

  @Test
  void refusesResultsWithoutEnd() throws BadAnswerException {
    login();
    query();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                answered("00 00 00 0800 0000");
              }
            })
        .hasMessage("the answer has more than 10 results");
  }

  @Test
  void refusesWishForAFile() throws BadAnswerException {
    login();
    query();

    assertThatThrownBy(() -> answered("fb 2f6574632f706173737764"))
        .hasMessageContaining("LOCAL INFILE");
  }

  @Test
  void refusesLoginWithoutEnd() throws BadAnswerException {
    answered("0a 352e372e3235 00");
    check.asked(new byte[] {0, 0, 0, 0}, 60);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < AnswerBounds.LOGIN_PACKETS; i++) {
                answered("fe 6d7973716c5f6e61746976655f70617373776f7264 00 303132");
              }
            })
        .hasMessage("the login took more than 20 packets");
  }

  @Test
  void refusesLongGreeting_butLetsLongErrorPass() throws BadAnswerException {
    byte[] error = ("\u00ff__#42000" + "x".repeat(60_000)).getBytes(StandardCharsets.ISO_8859_1);
    assertThatCode(() -> check.answered(error, error.length)).doesNotThrowAnyException();

    byte[] greeting = new byte[100_000];
    assertThatThrownBy(() -> check.answered(greeting, greeting.length))
        .hasMessageContaining("100000 bytes came where at most 65536 are taken");
  }

  @Test
  void refusesChangesOfTheSessionThatAreLongerThanTheirPacket() throws BadAnswerException {
    login();
    query();

    assertThatThrownBy(() -> answered("00 00 00 0240 0000 00 ff 00 fe ffffff7f00000000"))
        .isInstanceOf(BadAnswerException.class);
  }

  @Test
  void noticesThatTlsBegins() throws BadAnswerException {
    answered("0a 352e372e3235 00");
    assertThat(check.isSecuring()).isFalse();

    check.asked(new byte[] {0, 8, 0, 0}, 32);

    assertThat(check.isSecuring()).isTrue();
  }

  @Test
  void endsRowsWithOk_whereThatWasAgreedOn() throws BadAnswerException {
    answered("0a 352e372e3235 00");
    check.asked(new byte[] {0, 0, 0, 1}, 60);
    answered(OK);
    query();

    answered("01", COLUMN, "0161", "fe 00 00 0200 0000");

    assertThat(check.isComplete()).isTrue();
  }

  private void login() throws BadAnswerException {
    answered("0a 352e372e3235 00");
    check.asked(new byte[] {1, 0, 0, 0}, 60);
    answered(OK);
  }

  private void query() {
    check.asked(new byte[] {3, 'S', 'E', 'L'}, 9);
  }

  private void answered(String... packets) throws BadAnswerException {
    for (String hex : packets) {
      byte[] packet = HexFormat.of().parseHex(hex.replace(" ", ""));
      check.answered(packet, packet.length);
    }
  }
}
