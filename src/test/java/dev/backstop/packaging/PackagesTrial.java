package dev.backstop.packaging;

import static dev.backstop.packaging.BuiltPackages.IS_ARM;
import static dev.backstop.packaging.BuiltPackages.TARBALL;
import static dev.backstop.packaging.BuiltPackages.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what {@code mvn -P packages verify} has built; no other build runs it. */
class PackagesTrial {

  private static final Pattern GLIBC = Pattern.compile("GLIBC_2\\.(\\d+)");

  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final String DEB_ARCH = IS_ARM ? "arm64" : "amd64";

  private final Path folder;
  private final BuiltPackages packages;

  PackagesTrial(@TempDir Path folder) {
    this.folder = folder;
    this.packages = new BuiltPackages(folder);
  }

  @Test
  void thereIsOneOfEachKind() throws IOException {
    assertThat(only(".rpm"))
        .hasFileName("backstop-1.0.0-1." + (IS_ARM ? "aarch64" : "x86_64") + ".rpm");
    assertThat(only(".deb")).hasFileName("backstop_1.0.0-1_" + DEB_ARCH + ".deb");
    assertThat(only(TARBALL)).hasFileName("backstop-1.0.0" + TARBALL);
  }

  @Test
  void nativeCodeNeedsAnOldLibcOnly() throws Exception {
    Path home = packages.unpack();
    TreeSet<Integer> needed = new TreeSet<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(PackagesTrial::isNative).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        GLIBC
            .matcher(bytes)
            .results()
            .forEach(version -> needed.add(Integer.valueOf(version.group(1))));
      }
    }

    assertThat(needed).isNotEmpty();
    assertThat(needed.last()).isLessThanOrEqualTo(17);
  }

  private static boolean isNative(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ELF.length), ELF);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void debHoldsWhatIsPromised() throws Exception {
    String listed = packages.run("tar", "-tvzf", member(only(".deb"), "data.tar.gz").toString());

    assertThat(listed)
        .containsPattern(
            "(?m)^l.* \\./usr/bin/backstop -> (/usr|\\.\\.)/lib/backstop/bin/backstop$")
        .containsPattern("(?m)^-rwxr-xr-x root/root .* \\./usr/lib/backstop/bin/backstop$")
        .containsPattern("(?m)^-rwxr-xr-x .* \\./usr/lib/backstop/runtime/bin/java$")
        .containsPattern("(?m)^drwxr-x--- .* \\./var/lib/backstop/$");
    assertThat(listed)
        .contains(
            " ./etc/backstop/conf/backstop.yaml",
            " ./etc/backstop/policies/policy.schema.json",
            " ./lib/systemd/system/backstop.service",
            " ./usr/share/man/man1/backstop.1.gz",
            " ./usr/share/bash-completion/completions/backstop",
            " ./usr/share/zsh/vendor-completions/_backstop",
            " ./usr/share/backstop/examples/policies/policy.schema.json",
            " ./usr/share/backstop/prometheus/alerts.yaml");
    Path control = member(only(".deb"), "control.tar.gz");
    assertThat(packages.run("tar", "-xzOf", control.toString(), "./conffiles"))
        .contains("/etc/backstop/conf/backstop.yaml\n");
    assertThat(packages.run("tar", "-xzOf", control.toString(), "./control"))
        .contains("Package: backstop\n", "Version: 1.0.0-1\n", "Architecture: " + DEB_ARCH + "\n");
  }

  /** Copies one member of an ar archive, as dpkg's packages are, to a file. */
  private Path member(Path archive, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(archive);
    int at = "!<arch>\n".length();
    while (at < bytes.length) {
      String head = new String(bytes, at, 60, StandardCharsets.US_ASCII);
      int size = Integer.parseInt(head.substring(48, 58).strip());
      at += head.length();
      if (head.startsWith(name)) {
        return Files.write(folder.resolve(name), Arrays.copyOfRange(bytes, at, at + size));
      }
      at += size + size % 2;
    }
    throw new AssertionError(archive + " has no member " + name);
  }
}
