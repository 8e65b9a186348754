package dev.backstop.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Certificate authorities of a PEM file under a URL for the driver, in memory until closed. */
final class TrustFile implements AutoCloseable {

  /** Certificates are public; the format requires a password for its checksum. */
  static final String PASSWORD = "certificates";

  private final String url;

  private TrustFile(String url) {
    this.url = url;
  }

  /**
   * Copies the certificates of a PEM file.
   *
   * @throws IOException with a clear message where it holds none or can't be read
   */
  static TrustFile of(Path pem) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      read(pem).store(bytes, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("the ca file " + pem + " can't be prepared: " + e.getMessage(), e);
    }
    return new TrustFile(MemoryUrls.add(bytes.toByteArray()));
  }

  /** Returns whether a PEM file holds a self-signed certificate; true where it can't be read. */
  static boolean holdsRoot(Path pem) {
    try {
      KeyStore store = read(pem);
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate one
            && one.getSubjectX500Principal().equals(one.getIssuerX500Principal())) {
          return true;
        }
      }
      return false;
    } catch (IOException | GeneralSecurityException e) {
      return true;
    }
  }

  private static KeyStore read(Path pem) throws IOException {
    if (!Files.exists(pem)) {
      throw unusable(pem, "no such file", null);
    }
    // A pipe or device might block or never end.
    if (!Files.isRegularFile(pem)) {
      throw unusable(pem, "is not a regular file", null);
    }
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
      if (number == 0) {
        throw unusable(pem, "holds no certificate", null);
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw unusable(pem, "is not a PEM file of certificates", e);
    } catch (AccessDeniedException e) {
      throw unusable(pem, "can't be read: permission denied", e);
    }
  }

  private static IOException unusable(Path pem, String why, @Nullable Exception cause) {
    return new IOException(
        "the ca file " + pem + ": " + why + "; name a PEM file of certificates in tls.ca", cause);
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    MemoryUrls.remove(url);
  }
}
