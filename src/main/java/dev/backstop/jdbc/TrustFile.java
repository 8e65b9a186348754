package dev.backstop.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

/** Holds certificate authorities in a private file that the driver can read; gone once closed. */
final class TrustFile implements AutoCloseable {

  /** Certificates are public; the format only wants a word to check itself with. */
  static final String PASSWORD = "certificates";

  private final Path file;

  private TrustFile(Path file) {
    this.file = file;
  }

  /**
   * Copies the certificates of a PEM file.
   *
   * @throws IOException with a clear message where it holds none or can't be read
   */
  static TrustFile of(Path pem) throws IOException {
    KeyStore store = read(pem);
    // Created readable by its owner only, where the file system knows owners.
    Path file = Files.createTempFile("backstop-ca", ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      Files.deleteIfExists(file);
      throw new IOException("the ca file " + pem + " can't be prepared: " + e.getMessage(), e);
    }
    return new TrustFile(file);
  }

  /** Tells whether a PEM file holds an authority that vouches for itself, as far as can be told. */
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
    // Whatever else could be opened might never end.
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
    return file.toUri().toString();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It holds nothing secret; the next start of the machine clears the folder.
      file.toFile().deleteOnExit();
    }
  }
}
