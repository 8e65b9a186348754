package dev.backstop.notification;

import dev.backstop.config.NotificationSettings.Template;
import dev.backstop.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a receiver wants to be asked, and how it says that it did not accept. */
enum WebhookForm {
  /** The text; the answer's status says all. */
  SLACK(8_000) {
    @Override
    Request request(URI address, Message message, @Nullable String secret, Instant now) {
      return new Request(address, Json.write(Map.of("text", escaped(text(message)))));
    }

    private String escaped(String text) {
      return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  },

  /** The text; timestamp and signature are parameters of the address. */
  DINGTALK(8_000) {
    @Override
    Request request(URI address, Message message, @Nullable String secret, Instant now) {
      return new Request(
          secret == null ? address : signed(address, secret, now), content(text(message)));
    }

    private URI signed(URI address, String secret, Instant now) {
      String sign = URLEncoder.encode(Signatures.dingtalk(now, secret), StandardCharsets.UTF_8);
      return URI.create(
          address
              + (address.getRawQuery() == null ? "?" : "&")
              + "timestamp="
              + now.toEpochMilli()
              + "&sign="
              + sign);
    }

    @Override
    Optional<String> refusal(String answer) {
      return refusalByErrcode(answer);
    }
  },

  /** The text; timestamp and signature stand beside it. */
  FEISHU(8_000) {
    @Override
    Request request(URI address, Message message, @Nullable String secret, Instant now) {
      Map<String, Object> body = new LinkedHashMap<>();
      if (secret != null) {
        body.put("timestamp", String.valueOf(now.getEpochSecond()));
        body.put("sign", Signatures.feishu(now, secret));
      }
      body.put("msg_type", "text");
      body.put("content", Map.of("text", text(message)));
      return new Request(address, Json.write(body));
    }

    @Override
    Optional<String> refusal(String answer) {
      // Bots of the first version know the older names alone.
      return refusalByCode(
          answer.contains("\"code\"") ? answer : answer.replace("StatusCode", "code"),
          "code",
          "msg");
    }
  },

  /** The text, which may have 2,048 bytes. */
  WECOM(2_048) {
    @Override
    Request request(URI address, Message message, @Nullable String secret, Instant now) {
      return new Request(address, content(text(message)));
    }

    @Override
    Optional<String> refusal(String answer) {
      return refusalByErrcode(answer);
    }
  },

  /** The whole message; the answer's status says all. */
  JSON(8_000) {
    @Override
    Request request(URI address, Message message, @Nullable String secret, Instant now) {
      return new Request(address, json(message));
    }
  };

  private final int mostBytes;

  WebhookForm(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * What is sent.
   *
   * @param address with what the form adds to it
   * @param body JSON
   */
  record Request(URI address, String body) {}

  /** Returns the form of a template. */
  static WebhookForm of(Template template) {
    return switch (template) {
      case SLACK -> SLACK;
      case DINGTALK -> DINGTALK;
      case FEISHU -> FEISHU;
      case WECOM -> WECOM;
      case JSON -> JSON;
    };
  }

  /**
   * Returns what to send.
   *
   * @param secret signs it; null for no signature
   */
  abstract Request request(URI address, Message message, @Nullable String secret, Instant now);

  /** Returns why a message was not accepted although the answer's status is 200, in its words. */
  Optional<String> refusal(String answer) {
    return Optional.empty();
  }

  /** Returns the whole message as JSON. */
  static String json(Message message) {
    return Json.write(message.tree(JSON.mostBytes));
  }

  final String text(Message message) {
    return message.text(mostBytes);
  }

  /** Returns the body of DingTalk and WeCom. */
  private static String content(String text) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("msgtype", "text");
    body.put("text", Map.of("content", text));
    return Json.write(body);
  }

  private static Optional<String> refusalByErrcode(String answer) {
    return refusalByCode(answer, "errcode", "errmsg");
  }

  private static Optional<String> refusalByCode(String answer, String code, String words) {
    Map<?, ?> read;
    try {
      read = Json.read(answer, Map.class);
    } catch (IllegalArgumentException e) {
      read = Map.of();
    }
    Object found = read.get(code);
    if (found == null) {
      return Optional.of(
          "its answer has no " + code + ", so nobody of that kind answers: " + answer);
    }
    return found.toString().equals("0")
        ? Optional.empty()
        : Optional.of("%s %s: %s".formatted(code, found, read.get(words)));
  }
}
