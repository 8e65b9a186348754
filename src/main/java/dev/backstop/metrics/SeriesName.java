package dev.backstop.metrics;

import dev.backstop.text.VisibleText;

/** Names of series in the registry: {@code base{label="value",...}}. */
final class SeriesName {

  private SeriesName() {}

  /** Returns the name of a series; labels are name, value, name, value. */
  static String of(Family family, String... labels) {
    return of(family.title(), labels);
  }

  /** Returns the name of the sum of a summary. */
  static String sum(Family family, String... labels) {
    return of(family.title() + "_sum", labels);
  }

  /** Returns the name of the count of a summary. */
  static String count(Family family, String... labels) {
    return of(family.title() + "_count", labels);
  }

  private static String of(String base, String... labels) {
    if (labels.length == 0) {
      return base;
    }
    StringBuilder name = new StringBuilder(base).append('{');
    for (int i = 0; i < labels.length; i += 2) {
      name.append(i == 0 ? "" : ",").append(labels[i]).append("=\"").append(escape(labels[i + 1]));
      name.append('"');
    }
    return name.append('}').toString();
  }

  /** Returns a name without its labels. */
  static String base(String name) {
    int brace = name.indexOf('{');
    return brace < 0 ? name : name.substring(0, brace);
  }

  /** Returns whether a series has this cluster as its first label. */
  static boolean isOfCluster(String name, String cluster) {
    String label = "{cluster=\"" + escape(cluster) + "\"";
    return name.indexOf('{') >= 0 && name.startsWith(label, name.indexOf('{'));
  }

  private static String escape(String value) {
    return VisibleText.lines(value)
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n");
  }
}
