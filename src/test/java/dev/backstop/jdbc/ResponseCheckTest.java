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

class ResponseCheckTest {

  private static final String OK = "00 00 00 0200 0000";
  private static final String EOF = "fe 0000 0200";
  private static final String ERROR = "ff 4804 233432303030 78";
  private static final String COLUMN = "03646566 00 00 00 016e 00 0c 3f00 05000000 fd 0000 00 0000";

  private final ResponseCheck check =
      ResponseCheck.fromGreeting(new ResponseLimits(1 << 20, 1 << 20, 3, 100));

  @Test
  void acceptsLoginAndResponses() throws ProtocolViolationException {
    login();
    query();
    respond("01", COLUMN, EOF, "0161", "fb", EOF);
    query();
    respond(OK);
    query();
    respond(ERROR);

    assertThat(check.isResponseComplete()).isTrue();
  }

  @Test
  void knowsWhetherResponseIsComplete() throws ProtocolViolationException {
    login();
    query();
    assertThat(check.isResponseComplete()).isFalse();
    respond("01", COLUMN, EOF, "0161");
    assertThat(check.isResponseComplete()).isFalse();
    respond(EOF);
    assertThat(check.isResponseComplete()).isTrue();
  }

  /** The first is 60,000,000, for which the driver allocated an array. */
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
  void refusesTooManyColumns(String count) throws ProtocolViolationException {
    login();
    query();

    assertThatThrownBy(() -> respond(count))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessageContaining("columns were announced, and at most 100 are taken");
  }

  @ParameterizedTest
  @CsvSource({"fe ffffff7f00000000 61", "fe ffffffffffffffff 61", "fc ffff 61", "02 61"})
  void refusesTextLongerThanItsPacket(String row) throws ProtocolViolationException {
    login();
    query();
    respond("01", COLUMN, EOF);

    assertThatThrownBy(() -> respond(row))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessage("a packet ends before a part of it that it announces");
  }

  @Test
  void refusesColumnWhoseNameIsLongerThanItsPacket() throws ProtocolViolationException {
    login();
    query();
    respond("01");

    assertThatThrownBy(() -> respond("03646566 fe ffffff7f00000000"))
        .isInstanceOf(ProtocolViolationException.class);
  }

  @Test
  void refusesRowsWithoutEnd() throws ProtocolViolationException {
    login();
    query();
    respond("01", COLUMN, EOF, "fb", "fb", "fb");

    assertThatThrownBy(() -> respond("fb")).hasMessage("the answer has more than 3 rows");
  }

  @Test
  void refusesResultsWithoutEnd() throws ProtocolViolationException {
    login();
    query();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                respond("00 00 00 0800 0000");
              }
            })
        .hasMessage("the answer has more than 10 results");
  }

  @Test
  void refusesLocalInfile() throws ProtocolViolationException {
    login();
    query();

    assertThatThrownBy(() -> respond("fb 2f6574632f706173737764"))
        .hasMessageContaining("LOCAL INFILE");
  }

  @Test
  void refusesLoginWithoutEnd() throws ProtocolViolationException {
    respond("0a 352e372e3235 00");
    check.onRequestPacket(new byte[] {0, 0, 0, 0}, 60);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < ResponseLimits.LOGIN_PACKETS; i++) {
                respond("fe 6d7973716c5f6e61746976655f70617373776f7264 00 303132");
              }
            })
        .hasMessage("the login took more than 20 packets");
  }

  @Test
  void refusesLongGreeting_acceptsLongError() throws ProtocolViolationException {
    byte[] error = ("\u00ff__#42000" + "x".repeat(60_000)).getBytes(StandardCharsets.ISO_8859_1);
    assertThatCode(() -> check.onResponsePacket(new PayloadReader(error, 0, error.length)))
        .doesNotThrowAnyException();

    byte[] greeting = new byte[100_000];
    assertThatThrownBy(
            () -> check.onResponsePacket(new PayloadReader(greeting, 0, greeting.length)))
        .hasMessageContaining("100000 bytes came where at most 65536 are taken");
  }

  @Test
  void refusesSessionChangesLongerThanTheirPacket() throws ProtocolViolationException {
    login();
    query();

    assertThatThrownBy(() -> respond("00 00 00 0240 0000 00 ff 00 fe ffffff7f00000000"))
        .isInstanceOf(ProtocolViolationException.class);
  }

  @Test
  void noticesRequestForTls() throws ProtocolViolationException {
    respond("0a 352e372e3235 00");
    assertThat(check.isTlsRequested()).isFalse();

    check.onRequestPacket(new byte[] {0, 8, 0, 0}, 32);

    assertThat(check.isTlsRequested()).isTrue();
  }

  @Test
  void endsRowsWithOk_whereNegotiated() throws ProtocolViolationException {
    respond("0a 352e372e3235 00");
    check.onRequestPacket(new byte[] {0, 0, 0, 1}, 60);
    respond(OK);
    query();

    respond("01", COLUMN, "0161", "fe 00 00 0200 0000");

    assertThat(check.isResponseComplete()).isTrue();
  }

  private void login() throws ProtocolViolationException {
    respond("0a 352e372e3235 00");
    check.onRequestPacket(new byte[] {1, 0, 0, 0}, 60);
    respond(OK);
  }

  private void query() {
    check.onRequestPacket(new byte[] {3, 'S', 'E', 'L'}, 9);
  }

  private void respond(String... packets) throws ProtocolViolationException {
    for (String hex : packets) {
      byte[] packet = HexFormat.of().parseHex(hex.replace(" ", ""));
      check.onResponsePacket(new PayloadReader(packet, 0, packet.length));
    }
  }
}
