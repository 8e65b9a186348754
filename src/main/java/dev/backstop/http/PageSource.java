package dev.backstop.http;

import java.util.Map;

/** Makes a page; called by two threads at once, afresh for every request. */
@FunctionalInterface
public interface PageSource {

  /**
   * Returns the page as it is now.
   *
   * @param parameters the query's parameters, decoded; a name without {@code =} has an empty value
   */
  Page page(Map<String, String> parameters);
}
