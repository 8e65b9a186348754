package dev.backstop.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads every string of the reference's section 8. */
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
    assertThat(ServerVersion.read(comment, "")).hasToString("Optional[" + version + "]");
  }

  @ParameterizedTest
  @CsvSource({"3.1.5, 3.1.5", "v3.2.3.1, 3.2.3.1", "3.1.4-OceanBase CE, 3.1.4"})
  void fallsBackToTheBareNumber_whereTheCommentHasNone(String bare, String version) {
    assertThat(ServerVersion.read("3.1.4-OceanBase CE", bare))
        .hasToString("Optional[" + version + "]");
  }

  @Test
  void neverTakesTheHandshakesNumberForTheServers() {
    assertThat(ServerVersion.read("5.7.25-OceanBase-v3.2.3.1", "5.7.25"))
        .contains(new ServerVersion(List.of(3, 2, 3, 1)));
  }

  @ParameterizedTest
  @CsvSource({"MySQL Community Server, ''", "'', ''", "OceanBase, unknown", "OceanBase 3 (r1), 3"})
  void isUnknown_whereNeitherHoldsADottedNumber(String comment, String bare) {
    assertThat(ServerVersion.read(comment, bare)).isEmpty();
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
    assertThat(ServerVersion.read("", bare).map(ServerVersion::lacksSecondaryBackup))
        .contains(lacks);
  }

  @Test
  void needsANumber() {
    assertThatThrownBy(() -> new ServerVersion(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
