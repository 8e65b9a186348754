package dev.backstop.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a request was meant for a door on the loopback.
 *
 * <p>A page from elsewhere can have its own name lead to 127.0.0.1 and would then be let read the
 * answers by the browser; but the browser sends that name along. Other doors have names that are
 * not known here, and are open to whoever reaches them anyway.
 */
final class AllowedHosts {

  /** Only an address with colons is written in brackets, and only a port can follow. */
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:\\[(?<bracketed>[0-9a-f:.%]*:[^\\]]*)\\]|(?<plain>[^:@\\[\\]]+))(?::[0-9]{1,5})?");

  private final boolean any;
  private final Set<String> names;

  private AllowedHosts(boolean any, Set<String> names) {
    this.any = any;
    this.names = names;
  }

  /** Allows what leads to a listening address: every name, but on the loopback its own ones. */
  static AllowedHosts of(String configured, InetAddress address) {
    return new AllowedHosts(
        !address.isLoopbackAddress(),
        Set.copyOf(
            List.of(
                    configured.toLowerCase(Locale.ROOT),
                    address.getHostAddress(),
                    "localhost",
                    "127.0.0.1",
                    "::1",
                    "0:0:0:0:0:0:0:1")
                .stream()
                .distinct()
                .toList()));
  }

  /** A client without the header is none that a stranger's page could run in. */
  boolean allow(RequestHead request) {
    if (any) {
      return true;
    }
    List<String> sent = request.headers().get("host");
    return (sent == null || (sent.size() == 1 && isKnown(sent.get(0))))
        && isKnownOrAbsent(request.target().getRawAuthority());
  }

  private boolean isKnownOrAbsent(@Nullable String authority) {
    return authority == null || isKnown(authority);
  }

  /** The port is left alone: a tunnel may have brought the request from another one. */
  private boolean isKnown(String authority) {
    Matcher parts = AUTHORITY.matcher(authority.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return false;
    }
    String bracketed = parts.group("bracketed");
    return names.contains(bracketed == null ? parts.group("plain") : bracketed);
  }
}
