package dev.backstop.oceanbase;

import dev.backstop.observation.ServerText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Reads the lines of SHOW GRANTS. */
final class Grants {

  private static final Set<String> SUFFICIENT = Set.of("ALTER SYSTEM", "SUPER");
  private static final String ALL = "ALL PRIVILEGES";
  private static final String GRANT = "GRANT ";
  private static final String ON = " ON ";
  private static final String EVERYTHING = "*.*";

  private Grants() {}

  /** Returns whether a line grants ALTER SYSTEM; names of users and objects do not count. */
  static boolean includeAlterSystem(ServerText line) {
    String grant = line.onOneLine().strip().toUpperCase(Locale.ROOT);
    int on = grant.indexOf(ON);
    if (!grant.startsWith(GRANT) || on < 0) {
      return false;
    }
    boolean isEverywhere = grant.startsWith(EVERYTHING, on + ON.length());
    return isEverywhere
        && Arrays.stream(grant.substring(GRANT.length(), on).split(",", -1))
            .map(String::strip)
            .anyMatch(privilege -> SUFFICIENT.contains(privilege) || privilege.equals(ALL));
  }
}
