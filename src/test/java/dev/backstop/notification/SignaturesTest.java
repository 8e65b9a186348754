package dev.backstop.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignaturesTest {

  /** Key, text and result as DingTalk publishes them for its login without an account. */
  @Test
  void hmacIsTheOneOfDingtalksPublishedExample() {
    String sign = Signatures.hmac("testappSecret", "1546084445901");

    assertThat(URLEncoder.encode(sign, StandardCharsets.UTF_8))
        .isEqualTo("HCbG3xNE3vzhO%2Bu7qCUL1jS5hsu2n5r2cFhnTrtyDAE%3D");
  }

  /** The result of the Python that DingTalk publishes for robots, with its secret. */
  @Test
  void dingtalkSignsWithTheSecret() {
    assertThat(Signatures.dingtalk(Instant.ofEpochMilli(1_767_225_600_123L), "this is secret"))
        .isEqualTo("NftdAHivdMsRbirHt/vMsNMUS0NITvTRABjKFmWRzp0=");
  }

  /** The result of the Python that Feishu publishes for bots. */
  @Test
  void feishuSignsNothingWithTimestampAndSecret() {
    assertThat(Signatures.feishu(Instant.ofEpochSecond(1_599_360_473), "demo"))
        .isEqualTo("l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
  }
}
