package dev.backstop.oceanbase;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The daemon's queries that corpus files name in braces. */
public final class CorpusQueries {

  private static final List<String> NAMES = List.of("pay", "PAY", "支付😀", "it's", "back\\slash");

  private CorpusQueries() {}

  /** Returns each query by its name. */
  public static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    all.put("look", LookQuery.of(EnumSet.allOf(QueryPart.class), List.of()));
    all.put("look-with-names", LookQuery.of(EnumSet.allOf(QueryPart.class), NAMES));
    all.put("gate", LookQuery.of(Set.of(QueryPart.CONSTANT, QueryPart.PARAMETERS), List.of()));
    all.put("without-functions", LookQuery.of(Set.of(QueryPart.FLAG), List.of()));
    for (QueryPart part : QueryPart.values()) {
      all.put("part-" + part.name().toLowerCase(Locale.ROOT), LookQuery.of(Set.of(part), NAMES));
    }
    return all;
  }
}
