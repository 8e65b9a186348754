package dev.backstop.policy;

import dev.backstop.observation.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refers to a tenant as a policy file does: by its id or by its name.
 *
 * @param text digits for an id, else a name that the server resolves
 */
public record TenantRef(String text) implements Comparable<TenantRef> {

  private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

  /** Tells whether the server must be asked for the id. */
  public boolean needsName() {
    return !DIGITS.matcher(text).matches();
  }

  /** Returns the id, by a look's names where needed; empty for a name that the server lacks. */
  public Optional<TenantId> resolve(Map<String, TenantId> namesOnServer) {
    if (needsName()) {
      return Optional.ofNullable(namesOnServer.get(text));
    }
    return Optional.of(new TenantId(Long.parseLong(text)));
  }

  @Override
  public int compareTo(TenantRef other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
