package dev.backstop.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Makes a real chain in a folder with the JDK's keytool: an authority, one that it empowers, and
 * certificates of servers from that one; and a stranger, who is another authority.
 */
public final class Certificates {

  /** The password of every key store here. */
  public static final String WORD = "keystore";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes the authorities and one key for all servers. */
  public static Certificates in(Path folder) {
    Certificates made = new Certificates(folder);
    for (String authority : List.of("root", "stranger", "middle")) {
      made.pair(authority, "-ext", "bc:c");
    }
    made.pair("server", "-ext", "san=ip:127.0.0.1,dns:localhost");
    made.request("middle");
    made.request("server");
    made.sign("root", "middle", "middle.pem", "-ext", "bc:c", "-validity", "30");
    return made;
  }

  private void pair(String alias, String... more) {
    keytool(
        alias,
        List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + alias, "-validity", "30"),
        more);
  }

  private void request(String alias) {
    keytool(alias, List.of("-certreq", "-file", folder.resolve(alias + ".csr").toString()));
  }

  private void sign(String signer, String alias, String file, String... more) {
    keytool(
        signer,
        List.of(
            "-gencert",
            "-rfc",
            "-infile",
            folder.resolve(alias + ".csr").toString(),
            "-outfile",
            folder.resolve(file).toString()),
        more);
  }

  private void keytool(String alias, List<String> arguments, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(arguments);
    command.addAll(List.of(more));
    command.addAll(List.of("-alias", alias, "-keystore", folder.resolve("keys.p12").toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", WORD));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes what an authority, or the server's self-signed certificate, is trusted by: PEM. */
  public Path pem(String file, String... aliases) throws IOException, GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (String alias : aliases) {
      text.append(pem(store().getCertificate(alias)));
    }
    return Files.writeString(folder.resolve(file), text);
  }

  private static String pem(Certificate certificate) throws CertificateEncodingException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, WORD.toCharArray());
    }
    return store;
  }

  /** Returns a server of the chain, with further words for keytool: names, or a time. */
  public SSLContext server(String name, String... more)
      throws IOException, GeneralSecurityException {
    sign("middle", "server", name + ".pem", more);
    return context(List.of(certificate(name + ".pem"), certificate("middle.pem")));
  }

  /** Returns a server that leaves out the intermediate, which every client then lacks. */
  public SSLContext bareServer(String name, String... more)
      throws IOException, GeneralSecurityException {
    sign("middle", "server", name + ".pem", more);
    return context(List.of(certificate(name + ".pem")));
  }

  /** Writes the servers' key as PEM, for programs of others. */
  public Path keyPem(String file) throws IOException, GeneralSecurityException {
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store().getKey("server", WORD.toCharArray()).getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  /** Writes a server's certificate with its intermediate as PEM, for programs of others. */
  public Path chainPem(String file, String... more) throws IOException {
    sign("middle", "server", "of-" + file, more);
    return Files.writeString(
        folder.resolve(file),
        Files.readString(folder.resolve("of-" + file))
            + Files.readString(folder.resolve("middle.pem")));
  }

  /** Writes what an authority is trusted by, as Java keeps it. */
  public Path trust(String file, String alias) throws IOException, GeneralSecurityException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(alias, store().getCertificate(alias));
    try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
      trust.store(out, WORD.toCharArray());
    }
    return folder.resolve(file);
  }

  /** Returns a server that vouches for itself. */
  public SSLContext selfSigned() throws IOException, GeneralSecurityException {
    return context(List.of(store().getCertificate("server")));
  }

  private Certificate certificate(String file) throws IOException, GeneralSecurityException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(bytes));
  }

  private SSLContext context(List<Certificate> chain) throws IOException, GeneralSecurityException {
    Key key = store().getKey("server", WORD.toCharArray());
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry("server", key, WORD.toCharArray(), chain.toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, WORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
