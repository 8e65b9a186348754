package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Tls;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains why TLS failed: the mode, what is wrong, and what to do. */
final class TlsFailure {

  private static final String NOT_OFFERED = "SSL Connection required";
  private static final String OTHER_HOST = "identity verification failed";

  private TlsFailure() {}

  /** Returns a mode as the configuration names it. */
  static String modeName(Tls tls) {
    return "tls mode " + tls.mode().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the explanation; null where TLS is not what failed. */
  static @Nullable String message(Tls tls, Endpoint endpoint, SQLException e) {
    String problem = problem(tls, endpoint, e);
    return problem == null ? null : modeName(tls) + ": " + problem;
  }

  private static @Nullable String problem(Tls tls, Endpoint endpoint, SQLException e) {
    if (firstLine(e).startsWith(NOT_OFFERED)) {
      return "the server offers no TLS, or somebody on the way hides that it does; switch it on"
          + " there, and see who stands between";
    }
    if (tls.mode() == Tls.Mode.DISABLED) {
      return null;
    }
    String certificate = certificate(tls, endpoint, e);
    if (certificate != null) {
      return "the server's certificate " + certificate;
    }
    SSLException handshake = Causes.first(e, SSLException.class);
    return handshake == null
        ? null
        : "the handshake failed: "
            + firstLine(handshake)
            + "; the server must offer TLS 1.2 or 1.3 and a certificate that fits";
  }

  private static @Nullable String certificate(Tls tls, Endpoint endpoint, SQLException e) {
    CertificateExpiredException expired = Causes.first(e, CertificateExpiredException.class);
    if (expired != null) {
      return "has expired (" + firstLine(expired) + "); renew it there";
    }
    CertificateNotYetValidException early = Causes.first(e, CertificateNotYetValidException.class);
    if (early != null) {
      return "is not valid yet (" + firstLine(early) + "); check the clocks here and there";
    }
    CertificateException rejected = Causes.first(e, CertificateException.class);
    if (rejected != null && firstLine(rejected).contains(OTHER_HOST)) {
      return "is for other names than "
          + endpoint.host()
          + "; write an endpoint that it names, or give the server one that names this";
    }
    return Causes.first(e, CertPathValidatorException.class) == null ? null : untrusted(tls.ca());
  }

  /** The driver trusts roots only, and takes intermediates from the server. */
  private static String untrusted(@Nullable Path ca) {
    if (ca != null && !TrustFile.holdsRoot(ca)) {
      return "can't be traced to a root: "
          + ca
          + " holds no root, but an intermediate's or a server's certificate; name the PEM file of"
          + " the root, whose certificate is from itself, in tls.ca";
    }
    return "is from no authority "
        + (ca == null ? "that the system trusts" : "in " + ca)
        + ", or comes without the intermediate certificates that lead there; name the PEM file of"
        + " the authority's root in tls.ca, and let the server send its intermediates";
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null ? "" : message.lines().findFirst().orElse("").strip();
  }
}
