package dev.backstop.oceanbase;

import java.util.EnumSet;
import java.util.List;

/** The query that a look sends where every view can be read. */
public final class WholeLook {

  private WholeLook() {}

  /** Returns its text, for policies without tenants. */
  public static String sql() {
    return LookQuery.of(EnumSet.allOf(QueryPart.class), List.of());
  }
}
