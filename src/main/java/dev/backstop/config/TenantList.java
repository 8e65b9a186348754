package dev.backstop.config;

import dev.backstop.policy.Coverage;
import dev.backstop.policy.TenantRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code tenants}: ids or names of ordinary tenants. */
final class TenantList {

  private static final String KEY = "tenants";
  private static final Pattern ID = Pattern.compile("[-+]?[0-9]+");

  /** Letters of any script, but no digits and no punctuation that only look like these. */
  private static final Pattern NAME = Pattern.compile("[\\p{IsAlphabetic}0-9_.$-]{1,128}");

  private TenantList() {}

  /**
   * Returns the coverage, the whole cluster where the key is absent; null where it is malformed.
   */
  static @Nullable Coverage read(Section section) {
    if (!section.has(KEY)) {
      return Coverage.WHOLE_CLUSTER;
    }
    List<Node> items = section.list(KEY, "[1001, pay]");
    if (items == null) {
      return null;
    }
    if (items.isEmpty()) {
      section.problemAtValue(
          KEY, "is empty; name at least one tenant, or take the key away for the whole cluster");
      return null;
    }
    Set<TenantRef> tenants = new LinkedHashSet<>();
    for (Node item : items) {
      TenantRef tenant = section.item(KEY, item, TenantList::tenant);
      if (tenant != null && !tenants.add(tenant)) {
        section.problemAtItem(KEY, item, Values.quote(tenant.text()) + " is there twice");
      }
    }
    return tenants.isEmpty() ? null : Coverage.of(tenants);
  }

  private static TenantRef tenant(String text) throws MalformedValue {
    String written = text.toLowerCase(Locale.ROOT);
    if (written.equals("sys") || written.equals("1")) {
      throw new MalformedValue(
          "must not be sys (tenant 1): its jobs are the whole cluster's; for those take tenants"
              + " away");
    }
    if (ID.matcher(text).matches()) {
      return new TenantRef(id(text));
    }
    if (!NAME.matcher(text).matches()) {
      throw new MalformedValue("must be a tenant's id or name, not " + Values.quote(text));
    }
    return new TenantRef(text);
  }

  private static String id(String text) throws MalformedValue {
    if (text.startsWith("0") && text.length() > 1) {
      throw new MalformedValue("must be written without leading zeros, not " + Values.quote(text));
    }
    if (text.length() > 18
        || text.startsWith("-")
        || text.startsWith("+")
        || Long.parseLong(text) <= 1000) {
      throw new MalformedValue(
          "must be an ordinary tenant's id, which is above 1000, not " + Values.quote(text));
    }
    return text;
  }
}
