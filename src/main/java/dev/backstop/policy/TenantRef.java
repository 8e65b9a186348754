package dev.backstop.policy;

import dev.backstop.observation.TenantId;
import java.util.Map;
import java.util.Optional;

/**
 * Reference to a tenant as a policy file writes it: by its id or by its name.
 *
 * @param text digits for an id, else a name that the server resolves
 */
public record TenantRef(String text) implements Comparable<TenantRef> {

  private static final int MOST_DIGITS = 18;

  /** Returns whether the server must be asked for the id. */
  public boolean needsName() {
    boolean isNumber = !text.isEmpty() && text.length() <= MOST_DIGITS;
    for (int i = 0; isNumber && i < text.length(); i++) {
      isNumber = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return !isNumber;
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
