package dev.backstop.notification;

import dev.backstop.config.NotificationSettings;
import dev.backstop.config.NotificationSettings.Url;
import dev.backstop.config.NotificationSettings.UrlFile;
import dev.backstop.config.Secret;
import dev.backstop.config.WebhookUrl;
import dev.backstop.secret.SecretException;
import dev.backstop.secret.SecretReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages to a webhook. The address and the secret are read at each use; no redirect is
 * followed, as it would carry the message, and perhaps a token, to somebody else.
 */
final class WebhookTransport implements Transport {

  /** How long one exchange may take in all. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final NotificationSettings settings;
  private final WebhookForm form;
  private final SecretReader secrets;
  private final Clock clock;
  private final Duration timeout;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  WebhookTransport(
      NotificationSettings settings,
      Function<String, @Nullable String> environment,
      Clock clock,
      Duration timeout) {
    this.settings = settings;
    this.form = WebhookForm.of(settings.template());
    this.secrets = new SecretReader(environment);
    this.clock = clock;
    this.timeout = timeout;
  }

  @Override
  public void deliver(Message message) throws DeliveryException, InterruptedException {
    URI address = address();
    String secret = secret();
    WebhookForm.Request request = form.request(address, message, secret, clock.instant());
    Redacted redacted = new Redacted(request.address(), secret);
    HttpResponse<String> answer = exchange(request, redacted);
    String refusal = refusal(answer);
    if (!refusal.isEmpty()) {
      throw new DeliveryException(place(address) + " " + redacted.words(refusal));
    }
  }

  /** Returns the address; throws where it can't be read, or is none. */
  URI address() throws DeliveryException {
    if (settings.target() instanceof Url url) {
      return url.address();
    }
    if (settings.target() instanceof UrlFile file) {
      Optional<URI> address = WebhookUrl.parse(read(file.file()).strip());
      return address.orElseThrow(
          () -> new DeliveryException("what lies in " + file.file() + " " + WebhookUrl.RULE));
    }
    throw new IllegalStateException("a program has no address");
  }

  /** Returns the secret that signs messages; null for none; throws where it can't be read. */
  @Nullable String secret() throws DeliveryException {
    Secret signature = settings.signature();
    return signature == null ? null : read(signature);
  }

  private String read(Secret secret) throws DeliveryException {
    try {
      return secrets.read(secret).text();
    } catch (SecretException e) {
      throw new DeliveryException(String.valueOf(e.getMessage()));
    }
  }

  private String refusal(HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status >= 300 && status < 400) {
      return "answered "
          + status
          + ", a redirect, and none is followed: name the address that it leads to";
    }
    if (status < 200 || status >= 300) {
      return "answered " + status + ": " + answer.body();
    }
    return form.refusal(answer.body())
        .map(words -> "did not accept the message: " + words)
        .orElse("");
  }

  private HttpResponse<String> exchange(WebhookForm.Request request, Redacted redacted)
      throws DeliveryException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(request.address())
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "backstop")
                .POST(HttpRequest.BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8))
                .build(),
            head -> new BoundedBody());
    String place = place(request.address());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DeliveryException(hung(place));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new DeliveryException(words(place, cause, redacted));
    } finally {
      answer.cancel(true);
    }
  }

  private String hung(String place) {
    return place + " has not answered within " + timeout.toSeconds() + " s";
  }

  private String words(String place, Throwable cause, Redacted redacted) {
    if (isCausedBy(cause, UnresolvedAddressException.class)) {
      return "the name of " + place + " can't be resolved; check it, and the DNS of this host";
    }
    if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
      return hung(place);
    }
    if (cause instanceof SSLException) {
      return "TLS with %s fails: %s; the trust store of Java decides (BACKSTOP_JAVA_OPTS='-Djavax.net.ssl.trustStore=FILE -Djavax.net.ssl.trustStorePassword=WORD' names another one)"
          .formatted(place, redacted.words(String.valueOf(cause.getMessage())));
    }
    if (cause instanceof java.net.ConnectException) {
      return place + " can't be reached; check the address, firewalls and proxies";
    }
    if (cause instanceof IOException) {
      return place + " closed the connection without an answer";
    }
    return "the exchange with " + place + " failed: " + cause.getClass().getSimpleName();
  }

  private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the host and port alone, which are no secret. */
  private static String place(URI address) {
    int port = address.getPort();
    return address.getHost() + (port < 0 ? "" : ":" + port);
  }
}
