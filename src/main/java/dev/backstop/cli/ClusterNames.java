package dev.backstop.cli;

import java.util.Iterator;
import java.util.List;

/** Marks the places of a command line where the name of a cluster completes what is typed. */
final class ClusterNames implements Iterable<String> {

  /** Stands in the generated script where the names are asked for. */
  static final String MARK = "__clusters__";

  @Override
  public Iterator<String> iterator() {
    return List.of(MARK).iterator();
  }
}
