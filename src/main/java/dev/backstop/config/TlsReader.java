package dev.backstop.config;

import dev.backstop.config.ClusterSettings.Tls;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code tls}. */
final class TlsReader {

  private static final ValueType<Tls.Mode> MODE =
      ValueTypes.word(
          Tls.Mode.values(), mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));

  private TlsReader() {}

  /** Returns how a connection is protected; not at all without a section. */
  static Tls read(@Nullable Section section, Path base) {
    Tls.Mode mode = section == null ? null : section.find("mode", MODE);
    if (section == null || mode == null) {
      return new Tls(Tls.Mode.DISABLED, null);
    }
    boolean isVerified = mode == Tls.Mode.VERIFY_CA || mode == Tls.Mode.VERIFY_FULL;
    if (section.has("ca") && !isVerified) {
      section.refuseKey("ca", "tls.ca is only looked at with mode verify-ca or verify-full");
    }
    return new Tls(mode, section.find("ca", text -> ValueTypes.path(text, base)));
  }
}
