package dev.backstop.http;

import java.util.List;
import java.util.Map;

/** Source of a page, called for every request by up to two threads at a time. */
@FunctionalInterface
public interface PageSource {

  /**
   * Returns the page as it is now.
   *
   * @param parameters the values of the query's parameters in order, decoded; a name without {@code
   *     =} has an empty value
   */
  Page page(Map<String, List<String>> parameters);
}
