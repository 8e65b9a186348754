package dev.backstop.config;

import dev.backstop.policy.Desired;
import dev.backstop.policy.TenantRef;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The types of values that only policy files have. */
final class PolicyValues {

  private static final Map<String, String> MEANT =
      Map.of("true", "on", "yes", "on", "y", "on", "false", "off", "no", "off", "n", "off");

  private static final Pattern ID = Pattern.compile("[-+]?[0-9]+");

  /** Letters of any script, but no digits and no punctuation that only look like these. */
  private static final Pattern TENANT_NAME = Pattern.compile("[\\p{IsAlphabetic}0-9_.$-]{1,128}");

  private static final int MOST_DIGITS = 18;

  private PolicyValues() {}

  /** Reads on or off; YAML 1.1 would take many words for these two. */
  static Desired desired(String text) throws MalformedValue {
    for (Desired desired : Desired.values()) {
      if (desired.word().equals(text)) {
        return desired;
      }
    }
    String word = text.toLowerCase(Locale.ROOT);
    String meant = MEANT.getOrDefault(word, word.equals("on") || word.equals("off") ? word : "");
    throw new MalformedValue(
        "must be on or off, not "
            + ValueTypes.quote(text)
            + (meant.isEmpty() ? "" : "; did you mean '" + meant + "'?"));
  }

  /** Reads the id or name of an ordinary tenant. */
  static TenantRef tenant(String text) throws MalformedValue {
    String written = text.toLowerCase(Locale.ROOT);
    if (written.equals("sys") || written.equals("1")) {
      throw new MalformedValue(
          "must not be sys (tenant 1): its jobs are the whole cluster's; for those take tenants"
              + " away");
    }
    if (ID.matcher(text).matches()) {
      checkId(text);
    } else if (!TENANT_NAME.matcher(text).matches()) {
      throw new MalformedValue("must be a tenant's id or name, not " + ValueTypes.quote(text));
    }
    return new TenantRef(text);
  }

  private static void checkId(String text) throws MalformedValue {
    if (text.startsWith("0") && text.length() > 1) {
      throw new MalformedValue(
          "must be written without leading zeros, not " + ValueTypes.quote(text));
    }
    boolean isSigned = !Character.isDigit(text.charAt(0));
    if (text.length() > MOST_DIGITS || isSigned || Long.parseLong(text) <= 1000) {
      throw new MalformedValue(
          "must be an ordinary tenant's id, which is above 1000, not " + ValueTypes.quote(text));
    }
  }
}
