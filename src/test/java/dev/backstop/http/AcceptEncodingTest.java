package dev.backstop.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "gzip, deflate, br, zstd",
        "br;q=1.0, gzip;q=0.8, *;q=0.1",
        "gzip;q=0.001",
        "gzip ; q=0.5",
        "gzip;Q=1.000",
        "gzip;q=1, identity;q=1",
        "gzip, *;q=0",
        "identity;q=0, gzip;q=0.1",
        "*",
        "identity;q=0.5, *;q=0.6",
        ",, gzip,"
      })
  void compresses_whereGzipIsAcceptedAndWeighsEnough(String header) {
    assertThat(AcceptEncoding.prefersGzip(List.of(header))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "br",
        "gzip;q=0",
        "gzip;q=0.000, *",
        "gzip;q=0.5, identity;q=0.8",
        "gzip;q=0.5, *;q=0.8",
        "*;q=0",
        "identity, *;q=0.5",
        "identity;q=0, gzip;q=0",
        "gzip;q=2",
        "gzip;q=yes",
        "gzip;q=0.1234",
        "gzip;level=9",
        "notgzip"
      })
  void sendsPlain_whereGzipIsRefusedOutweighedOrMalformed(String header) {
    assertThat(AcceptEncoding.prefersGzip(List.of(header))).isFalse();
  }

  @Test
  void sendsPlain_withoutTheHeader() {
    assertThat(AcceptEncoding.prefersGzip(List.of())).isFalse();
  }

  @Test
  void readsSeveralHeadersAsOne() {
    assertThat(AcceptEncoding.prefersGzip(List.of("br", "gzip;q=0.7"))).isTrue();
    assertThat(AcceptEncoding.prefersGzip(List.of("gzip;q=0.7", "identity"))).isFalse();
  }
}
