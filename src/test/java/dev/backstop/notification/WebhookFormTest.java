package dev.backstop.notification;

import static dev.backstop.notification.Examples.DATA;
import static dev.backstop.notification.Examples.NOW;
import static dev.backstop.notification.Examples.message;
import static dev.backstop.notification.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.json.Json;
import dev.backstop.notification.WebhookForm.Request;
import dev.backstop.plan.State;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies and answers as the receivers describe them. */
class WebhookFormTest {

  private static final Message MESSAGE = message(transition(DATA, State.STOPPED, State.UNKNOWN));
  private static final URI ADDRESS =
      URI.create("https://oapi.example.com/robot/send?access_token=t");

  private static Map<?, ?> body(Request request) {
    return Json.read(request.body(), Map.class);
  }

  private static String text() {
    return MESSAGE.text(8_000);
  }

  @Test
  void slackGetsTheText_escapedAsItAsks() {
    Request request = WebhookForm.SLACK.request(ADDRESS, MESSAGE, null, NOW);

    assertThat(request.address()).isEqualTo(ADDRESS);
    assertThat(body(request)).isEqualTo(Map.of("text", text().replace(">", "&gt;")));
  }

  @Test
  void dingtalkGetsTheText_andItsSignatureInTheAddress() {
    Request unsigned = WebhookForm.DINGTALK.request(ADDRESS, MESSAGE, null, NOW);
    Request signed = WebhookForm.DINGTALK.request(ADDRESS, MESSAGE, "SECret", NOW);

    assertThat(unsigned.address()).isEqualTo(ADDRESS);
    assertThat(body(signed))
        .isEqualTo(body(unsigned))
        .isEqualTo(Map.of("msgtype", "text", "text", Map.of("content", text())));
    String sign = Signatures.dingtalk(NOW, "SECret");
    assertThat(signed.address().getRawQuery())
        .startsWith("access_token=t&timestamp=" + NOW.toEpochMilli() + "&sign=")
        .doesNotContain("+");
    assertThat(signed.address().getQuery()).endsWith("&sign=" + sign);
  }

  @Test
  void feishuGetsTheText_andItsSignatureBesideIt() {
    Request signed = WebhookForm.FEISHU.request(ADDRESS, MESSAGE, "demo", NOW);

    assertThat(body(WebhookForm.FEISHU.request(ADDRESS, MESSAGE, null, NOW)))
        .isEqualTo(Map.of("msg_type", "text", "content", Map.of("text", text())));
    assertThat(signed.address()).isEqualTo(ADDRESS);
    assertThat(body(signed))
        .isEqualTo(
            Map.of(
                "timestamp",
                String.valueOf(NOW.getEpochSecond()),
                "sign",
                Signatures.feishu(NOW, "demo"),
                "msg_type",
                "text",
                "content",
                Map.of("text", text())));
  }

  @Test
  void wecomGetsTheText() {
    assertThat(body(WebhookForm.WECOM.request(ADDRESS, MESSAGE, null, NOW)))
        .isEqualTo(Map.of("msgtype", "text", "text", Map.of("content", text())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DINGTALK | {\"errcode\":0,\"errmsg\":\"ok\"}                            |",
        "DINGTALK | {\"errcode\":310000,\"errmsg\":\"keywords not in content\"}  | errcode 310000:"
            + " keywords not in content",
        "FEISHU   |"
            + " {\"StatusCode\":0,\"StatusMessage\":\"success\",\"code\":0,\"data\":{},\"msg\":\"success\"}"
            + " |",
        "FEISHU   | {\"Extra\":null,\"StatusCode\":0,\"StatusMessage\":\"success\"} |",
        "FEISHU   | {\"code\":19021,\"msg\":\"sign match fail\"}                 | code 19021: sign"
            + " match fail",
        "WECOM    | {\"errcode\":0,\"errmsg\":\"ok\"}                            |",
        "WECOM    | {\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}       | errcode 93000:"
            + " invalid webhook url",
        "WECOM    | <html>login</html> | its answer has no errcode, so nobody of that kind answers:"
            + " <html>login</html>",
        "FEISHU   | []                 | its answer has no code, so nobody of that kind answers:"
            + " []",
        "SLACK    | ok                 |",
        "JSON     | whatever           |",
      })
  void refusalIsToldInTheReceiversWords(WebhookForm form, String answer, String refusal) {
    assertThat(form.refusal(answer).stream().toList())
        .isEqualTo(refusal == null ? List.of() : List.of(refusal));
  }
}
