package dev.backstop.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Columns of the views and internal tables of OceanBase 3.x, as a list from outside has them. */
public final class ViewColumns {

  private static final String FILE = "/dev/backstop/simulator/cluster/view-columns.txt";

  private ViewColumns() {}

  /** Returns for each view its columns: name, type, and {@code null} where nullable. */
  public static Map<String, List<String>> read() {
    Map<String, List<String>> views = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (String line : text().split("\n", -1)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ")) {
        columns.add(line.strip());
      } else {
        columns = new ArrayList<>();
        views.put(line.strip(), columns);
      }
    }
    return views;
  }

  private static String text() {
    try (InputStream in = Objects.requireNonNull(ViewColumns.class.getResourceAsStream(FILE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
