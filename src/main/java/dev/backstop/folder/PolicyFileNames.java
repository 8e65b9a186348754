package dev.backstop.folder;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Decides by their names which files are read, and which are ignored. */
final class PolicyFileNames {

  private static final List<String> LEFTOVERS =
      List.of("~", ".swp", ".tmp", ".bak", "___jb_tmp___", "___jb_old___");

  private static final List<String> DOCUMENTS = List.of(".schema.json", ".md");

  /** What vim creates to try a folder out: 4913, or by 123 more for each that is taken. */
  private static final Pattern PROBE = Pattern.compile("\\d{4,5}");

  private PolicyFileNames() {}

  /** Returns whether a file of that name is read. */
  static boolean isRead(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !isIgnored(name) && (lower.endsWith(".yaml") || lower.endsWith(".yml"));
  }

  /** Returns whether a file or folder of that name is ignored. */
  static boolean isIgnored(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".")
        || endsInOneOf(LEFTOVERS, lower)
        || (name.startsWith("#") && name.endsWith("#"))
        || (!name.isEmpty()
            && Character.isDigit(name.charAt(0))
            && PROBE.matcher(name).matches()
            && (Integer.parseInt(name) - 4913) % 123 == 0);
  }

  /** Returns whether a file of that name is a document, which nobody expects to be read. */
  static boolean isDocument(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return endsInOneOf(DOCUMENTS, lower);
  }

  private static boolean endsInOneOf(List<String> ends, String name) {
    for (String end : ends) {
      if (name.endsWith(end)) {
        return true;
      }
    }
    return false;
  }
}
