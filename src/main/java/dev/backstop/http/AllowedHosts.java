package dev.backstop.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host names allowed in requests, as a protection against DNS rebinding.
 *
 * <p>A foreign page can resolve its own name to 127.0.0.1, and the browser would let it read the
 * responses; but the browser sends that name. Servers on other addresses accept every name: their
 * names are not known here, and other machines can reach them anyway.
 */
final class AllowedHosts {

  /** Only an address with colons is written in brackets, and only a port can follow. */
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:\\[(?<bracketed>[0-9a-f:.%]*:[^\\]]*)\\]|(?<plain>[^:@\\[\\]]+))(?::[0-9]{1,5})?");

  private final boolean allowsAll;
  private final Set<String> names;

  private AllowedHosts(boolean allowsAll, Set<String> names) {
    this.allowsAll = allowsAll;
    this.names = names;
  }

  /** Returns the names of a listening address: all of them, or those of the loopback. */
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

  /** Returns whether a request is allowed; a client without the header is not a browser. */
  boolean allows(RequestHead request) {
    if (allowsAll) {
      return true;
    }
    List<String> sent = request.headers().get("host");
    return (sent == null || (sent.size() == 1 && isKnown(sent.get(0))))
        && isAbsentOrKnown(request.target().getRawAuthority());
  }

  private boolean isAbsentOrKnown(@Nullable String authority) {
    return authority == null || isKnown(authority);
  }

  /** The port is not compared, as a tunnel may have another one. */
  private boolean isKnown(String authority) {
    Matcher parts = AUTHORITY.matcher(authority.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return false;
    }
    String bracketed = parts.group("bracketed");
    return names.contains(bracketed == null ? parts.group("plain") : bracketed);
  }
}
