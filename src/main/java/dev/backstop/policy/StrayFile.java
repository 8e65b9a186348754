package dev.backstop.policy;

import org.jspecify.annotations.Nullable;

/**
 * A broken file that never had a good version; it blocks new stops until it is mended.
 *
 * @param file its name within the folder
 * @param name the policy that it claims to be; null where that can't be read
 * @param cluster the cluster it names; null where even that can't be read, which blocks all
 * @param problem what is wrong, with line and column
 */
public record StrayFile(
    String file, @Nullable String name, @Nullable String cluster, String problem) {

  /** Returns whether new stops on that cluster wait for this file. */
  public boolean blocks(String other) {
    return cluster == null || cluster.equals(other);
  }
}
