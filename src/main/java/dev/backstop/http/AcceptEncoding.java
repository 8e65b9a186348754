package dev.backstop.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Choice of a content coding by the {@code Accept-Encoding} header (RFC 9110, section 12.5.3). */
final class AcceptEncoding {

  private static final Pattern CODING =
      Pattern.compile(
          "(?<name>[^\\s;=]+)\\s*(?:;\\s*[qQ]=(?<weight>0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?))?");

  private static final double NOT_NAMED = -1;

  private AcceptEncoding() {}

  /**
   * Returns whether the client accepts gzip, and weighs it at least as high as the plain page.
   *
   * <p>An absent weight is 1; 0 refuses a coding; {@code *} stands for what is not named. Malformed
   * parts are ignored.
   *
   * @param values the values of the header, in order; empty where it is absent
   */
  static boolean prefersGzip(List<String> values) {
    double gzip = NOT_NAMED;
    double identity = NOT_NAMED;
    double others = NOT_NAMED;
    for (String part : String.join(",", values).split(",", -1)) {
      Matcher coding = CODING.matcher(part.strip());
      if (coding.matches()) {
        double weight = weight(coding.group("weight"));
        switch (coding.group("name").toLowerCase(Locale.ROOT)) {
          case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight);
          case "identity" -> identity = Math.max(identity, weight);
          case "*" -> others = Math.max(others, weight);
          default -> {}
        }
      }
    }
    double compressed = gzip == NOT_NAMED ? others : gzip;
    double plain = identity == NOT_NAMED ? others : identity;
    return compressed > 0 && compressed >= plain;
  }

  private static double weight(@Nullable String text) {
    return text == null ? 1 : Double.parseDouble(text);
  }
}
