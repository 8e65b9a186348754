package dev.backstop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketFilterTest {

  private static final String GREETING = "07000000 0a 352e372e3235";
  private static final String LOGIN = "05000001 01000000 00";
  private static final String LOGGED_IN = "07000002 00 00 00 0200 0000";
  private static final String QUERY = "02000000 03 78";
  private static final String COLUMN_COUNT = "01000001 01";
  private static final String COLUMN =
      "17000002 03646566 00 00 00 016e 00 0c 3f00 05000000 fd 0000 00 0000";
  private static final String COLUMNS_END = "05000003 fe 0000 0200";

  private final PacketFilter filter =
      new PacketFilter(ResponseCheck.fromGreeting(new ResponseLimits(1 << 10, 200, 10, 10)));

  @Test
  void passesResponsesUnchanged() throws IOException {
    String rows = "02000004 0161" + "02000005 0162" + "05000006 fe 0000 0200";

    assertThat(query(rows)).isEqualTo(hex(COLUMN_COUNT + COLUMN + COLUMNS_END + rows));
  }

  @Test
  void failsOnLostRow() {
    assertViolation("02000005 0162", "packet 5 came where 4 was due");
  }

  @Test
  void failsOnDoubledRow() {
    assertViolation("02000004 0161" + "02000004 0161", "packet 4 came where 5 was due");
  }

  /** The length of the first row covers the second one. */
  @Test
  void failsOnSwallowedRow() {
    assertViolation(
        "08000004 0161 02000005 0162" + "05000006 fe 0000 0200", "packet 6 came where 5 was due");
  }

  @Test
  void failsOnLongPacket_beforeItIsRead() {
    assertViolation("ffff0f04", "a packet of 1048575 bytes was announced, and at most 1024 are");
  }

  @Test
  void failsOnLongResponse() {
    assertViolation(
        "40000004 3f" + "61".repeat(63) + "40000005 3f" + "61".repeat(63) + "40000006",
        "the answer has more than 200 bytes");
  }

  @Test
  void failsOnConnectionClosedWithinPacket() {
    assertThatThrownBy(() -> query("02000004 01")).isInstanceOf(EOFException.class);
  }

  /** What is left of one response would be read as the next one. */
  @Test
  void failsOnRequest_beforeResponseIsRead() throws IOException {
    PipedOutputStream server = new PipedOutputStream();
    InputStream in = new PipedInputStream(server);
    InputStream responses = filter.responses(in);
    OutputStream requests = filter.requests(OutputStream.nullOutputStream(), in);
    server.write(bytes(GREETING));
    responses.readNBytes(new byte[11], 0, 11);
    requests.write(bytes(LOGIN));
    server.write(bytes(LOGGED_IN + "07000003 00 00 00 0200 0000"));
    responses.readNBytes(new byte[11], 0, 11);

    assertThatThrownBy(() -> requests.write(bytes(QUERY)))
        .hasMessage("the server said more, or less, than it was asked");
  }

  @Test
  void passesEverything_onceTlsIsRequested() throws IOException {
    InputStream in = stream(GREETING + "ffffffff");
    InputStream responses = filter.responses(in);
    responses.readNBytes(new byte[11], 0, 11);
    filter
        .requests(OutputStream.nullOutputStream(), InputStream.nullInputStream())
        .write(bytes("20000001 00080000" + "00".repeat(28)));

    assertThat(responses.readAllBytes()).isEqualTo(bytes("ffffffff"));
  }

  private void assertViolation(String rows, String message) {
    assertThatThrownBy(() -> query(rows))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessageContaining(message);
  }

  /** Logs in, sends a query and returns what the driver reads of its response. */
  private String query(String rows) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    InputStream responses =
        filter.responses(stream(GREETING + LOGGED_IN + COLUMN_COUNT + COLUMN + COLUMNS_END + rows));
    OutputStream requests = filter.requests(sent, InputStream.nullInputStream());
    responses.readNBytes(new byte[11], 0, 11);
    requests.write(bytes(LOGIN));
    responses.readNBytes(new byte[11], 0, 11);
    requests.write(bytes(QUERY));
    String read = HexFormat.of().formatHex(responses.readAllBytes());
    assertThat(sent.toByteArray()).isEqualTo(bytes(LOGIN + QUERY));
    return read;
  }

  private static InputStream stream(String hex) {
    return new ByteArrayInputStream(bytes(hex));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex(hex));
  }

  private static String hex(String spaced) {
    return spaced.replace(" ", "");
  }
}
