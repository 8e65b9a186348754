package dev.backstop.folder;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by their names which files are read, and which are none of ours. */
final class PolicyFileNames {

  private static final List<String> LEFTOVERS =
      List.of("~", ".swp", ".tmp", ".bak", "___jb_tmp___", "___jb_old___");

  private static final List<String> DOCUMENTS = List.of(".schema.json", ".md");

  /** What vim creates to try a folder out: 4913, or by 123 more for each that is taken. */
  private static final Pattern PROBE = Pattern.compile("\\d{4,5}");

  private PolicyFileNames() {}

  /** Tells whether a file of that name is read. */
  static boolean isRead(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !isIgnored(name) && (lower.endsWith(".yaml") || lower.endsWith(".yml"));
  }

  /** Tells whether nothing is looked at that has that name, file or folder. */
  static boolean isIgnored(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".")
        || LEFTOVERS.stream().anyMatch(lower::endsWith)
        || (name.startsWith("#") && name.endsWith("#"))
        || (PROBE.matcher(name).matches() && (Integer.parseInt(name) - 4913) % 123 == 0);
  }

  /** Tells whether a file of that name may lie there without anybody being told. */
  static boolean isDocument(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return DOCUMENTS.stream().anyMatch(lower::endsWith);
  }
}
