package dev.backstop.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactedTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=73febdcb-1b38-4d1b | invalid webhook"
            + " url 73febdcb-1b38-4d1b | invalid webhook url ***",
        "https://oapi.dingtalk.com/robot/send?access_token=9f8e7d6c5b4a | access_token 9f8e7d6c5b4a"
            + " is not exist | access_token *** is not exist",
        "https://hooks.slack.com/services/T0AB12CD/B0AB12CD/XXXXXXXXXXXXXXXXXXXXXXXX | no_service"
            + " for /services/T0AB12CD/B0AB12CD/XXXXXXXXXXXXXXXXXXXXXXXX | no_service for"
            + " /services/***/***/***",
        "https://h/x?a=b%2Fc123456 | got b/c123456 and b%2Fc123456 | got *** and ***",
      })
  void tokensAreHidden_andWordsOfAnAddressAreNot(String address, String words, String shown) {
    assertThat(new Redacted(URI.create(address), null).words(words)).isEqualTo(shown);
  }

  @Test
  void secretsAreHidden_alsoThoseWithinOthers() {
    Redacted redacted = new Redacted(URI.create("https://h/x?a=123456789"), "1234567890");

    assertThat(redacted.words("1234567890 123456789 https://h/x?a=123456789"))
        .isEqualTo("*** *** ***");
  }

  @Test
  void wordsAreOneLine_cutAndVisible() {
    Redacted redacted = new Redacted(URI.create("https://h/x"), null);

    assertThat(redacted.words(" a\nb\u001b[31m ")).isEqualTo("a b\\u001b[31m");
    assertThat(redacted.words("x".repeat(1_000))).hasSize(303);
  }
}
