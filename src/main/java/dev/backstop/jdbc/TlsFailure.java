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

/**
 * Puts a driver's failure to protect a connection into words: the mode, what is wrong, a repair.
 */
final class TlsFailure {

  private static final String NOT_OFFERED = "SSL Connection required";
  private static final String OTHER_HOST = "identity verification failed";

  private TlsFailure() {}

  /** Spells a mode as the configuration does, with the setting's name. */
  static String title(Tls tls) {
    return "tls mode " + tls.mode().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the words; null where TLS is not what failed. */
  static @Nullable String words(Tls tls, Endpoint endpoint, SQLException e) {
    String wrong = wrong(tls, endpoint, e);
    return wrong == null ? null : title(tls) + ": " + wrong;
  }

  private static @Nullable String wrong(Tls tls, Endpoint endpoint, SQLException e) {
    if (said(e).startsWith(NOT_OFFERED)) {
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
            + said(handshake)
            + "; the server must offer TLS 1.2 or 1.3 and a certificate that fits";
  }

  private static @Nullable String certificate(Tls tls, Endpoint endpoint, SQLException e) {
    CertificateExpiredException expired = Causes.first(e, CertificateExpiredException.class);
    if (expired != null) {
      return "has expired (" + said(expired) + "); renew it there";
    }
    CertificateNotYetValidException early = Causes.first(e, CertificateNotYetValidException.class);
    if (early != null) {
      return "is not valid yet (" + said(early) + "); check the clocks here and there";
    }
    CertificateException refused = Causes.first(e, CertificateException.class);
    if (refused != null && said(refused).contains(OTHER_HOST)) {
      return "is for other names than "
          + endpoint.host()
          + "; write an endpoint that it names, or give the server one that names this";
    }
    return Causes.first(e, CertPathValidatorException.class) == null ? null : untrusted(tls.ca());
  }

  /** The driver goes by roots alone, and takes what lies between from the server. */
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

  private static String said(Throwable e) {
    String message = e.getMessage();
    return message == null ? "" : message.lines().findFirst().orElse("").strip();
  }
}
