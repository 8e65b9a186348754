package dev.backstop.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the version strings of docs/oceanbase.md#versions. */
class ServerVersionTest {

  @ParameterizedTest
  @CsvSource({
    "OceanBase 2.2.77 (r20210522214123-f9b4a8d) (Built May 22 2021 21:41:23), 2.2.77",
    "OceanBase 3.1.4 (r10000092022071511-b4bfa011ceaef428782dcb65ae89190c40b78c2f), 3.1.4",
    "OceanBase 3.2.3.1 (r20220615) (Built Jun 15 2022 12:00:00), 3.2.3.1",
    "OceanBase_CE 4.2.1.0 (r100000102023092807), 4.2.1.0",
    "5.7.25-OceanBase-v3.2.3.1, 3.2.3.1",
    "5.7.25-OceanBase_CE-v4.2.1.0, 4.2.1.0",
    "oceanbase 3.1.5 (r1), 3.1.5"
  })
  void readsTheNumberAfterTheName(String comment, String version) {
    assertThat(read(comment, "")).hasToString("Optional[" + version + "]");
  }

  @ParameterizedTest
  @CsvSource({"3.1.5, 3.1.5", "v3.2.3.1, 3.2.3.1", "3.1.4-OceanBase CE, 3.1.4"})
  void fallsBackToTheBareNumber_whereTheCommentHasNone(String bare, String version) {
    assertThat(read("3.1.4-OceanBase CE", bare)).hasToString("Optional[" + version + "]");
  }

  @Test
  void neverTakesTheHandshakesNumberForTheServers() {
    assertThat(read("5.7.25-OceanBase-v3.2.3.1", "5.7.25"))
        .contains(new ServerVersion(List.of(3, 2, 3, 1)));
  }

  @ParameterizedTest
  @CsvSource({"MySQL Community Server, ''", "'', ''", "OceanBase, unknown", "OceanBase 3 (r1), 3"})
  void isUnknown_whereNeitherHoldsADottedNumber(String comment, String bare) {
    assertThat(read(comment, bare)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2.2.77, false",
    "3.1.5, false",
    "3.2.4.5, false",
    "4.0.0.0, true",
    "4.3.3, true",
    "10.0, true"
  })
  void lacksSecondaryBackup_fromFourOn(String bare, boolean lacks) {
    assertThat(read("", bare).map(ServerVersion::lacksSecondaryBackup)).contains(lacks);
  }

  @Test
  void needsANumber() {
    assertThatThrownBy(() -> new ServerVersion(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<ServerVersion> read(String comment, String bare) {
    return ServerVersion.read(ServerText.of(comment), ServerText.of(bare));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"3.", "oceanbase", "OceanBase ", "OceanBase 1", "1", ".", "OceanBase 1.2.", "o"})
  void takesTimeInProportionToTheLength(String part) {
    CountedText text = new CountedText("OceanBase " + part.repeat(100_000 / part.length()));
    CountedText bare = new CountedText(part.repeat(100_000 / part.length()));

    ServerVersion.named(text);
    ServerVersion.bare(bare);

    assertThat(text.stepsPerCharacter()).isLessThan(10);
    assertThat(bare.stepsPerCharacter()).isLessThan(10);
  }

  @Test
  void isUnknown_whereEitherTextWasCut() {
    String whole = "OceanBase 3.1.5";
    String cut = whole + "x".repeat(ServerText.LONGEST);

    assertThat(read(cut, "3.1.5")).isEmpty();
    assertThat(read(whole, "3.1.5" + " ".repeat(ServerText.LONGEST))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OceanBase 3.1.1234567890", "OceanBase 1.2.3.4.5.6.7.8.9.10.11"})
  void takesNoNumberForAVersionThatIsNone(String comment) {
    assertThat(read(comment, "")).isEmpty();
  }
}
