package dev.backstop.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Reads the address of a webhook; no message shows it, as it may carry a token. */
public final class WebhookUrl {

  /** What an address must be, in words that follow its subject. */
  public static final String RULE =
      "must be the address of a webhook: http:// or https://, a host, no user, password or"
          + " fragment";

  private static final int HIGHEST_PORT = 65_535;

  private WebhookUrl() {}

  /** Returns the address that a text is; empty where it is none. */
  public static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean isAddress =
          (scheme.equals("http") || scheme.equals("https"))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null
              && uri.getPort() != 0
              && uri.getPort() <= HIGHEST_PORT;
      return isAddress ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static URI read(String text) throws MalformedValue {
    return parse(text).orElseThrow(() -> new MalformedValue(RULE));
  }
}
