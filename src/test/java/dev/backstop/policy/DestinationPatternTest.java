package dev.backstop.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationPatternTest {

  private static DestinationPattern pattern(String text) {
    return DestinationPattern.parse(text).orElseThrow();
  }

  private static Destination destination(String text) {
    return Destination.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "oss://b/*, oss://b/x, true",
    "oss://b/*, oss://b/x/y/z, true",
    "oss://b/*, oss://b, false",
    "oss://b/*, oss://bb/x, false",
    "oss://b/*, cos://b/x, false",
    "oss://b*, oss://bb/x, true",
    "OSS://b/*, oss://b/x, true",
    "oss://b/*, oss://B/x, false",
    "oss://b/*/end, oss://b/end/x/end, true",
    "oss://b/*/end, oss://b/end/x, false",
    "oss://b/x/, oss://b/x, true",
    "oss://b/x, oss://b/x//, true",
    "oss://b/x, oss://b/x?host=h&access_id=***&access_key=***, true",
    "oss://b/*?host=h.example.com, oss://b/x?access_id=***&host=H.example.com, true",
    "oss://b/*?host=h.example.com, oss://b/x?host=other.example.com, false",
    "oss://b/*?host=h.example.com, oss://b/x, false",
    "oss://b/*?host=*.example.com, oss://b/x?host=h.example.com, true",
    "s3://b/*, s3://***@b/x, true",
    "file:///data/nfs/*, file:///data/nfs/second, true",
    "file:///data/nfs/*, file:///data/other, false",
    "file:///data/nfs/second, file:///data/nfs/second/, true"
  })
  void listsByTheWholePath(String pattern, String written, boolean isListed) {
    assertThat(pattern(pattern).lists(destination(written))).isEqualTo(isListed);
  }

  @ParameterizedTest
  @CsvSource({"''", "/data/nfs", "*://b/x", "oss://", "oss://b/x?host=h&host=i"})
  void whatHasNoSchemeAndPathOrTwoHostsIsNoDestination(String text) {
    assertThat(Destination.parse(text)).isEmpty();
  }

  @Test
  void objectStoreWithoutHostIsToldApart() {
    assertThat(pattern("oss://b/*").lacksHost()).isTrue();
    assertThat(pattern("oss://b/*?host=h").lacksHost()).isFalse();
    assertThat(pattern("file:///data/*").lacksHost()).isFalse();
  }
}
