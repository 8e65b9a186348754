package dev.backstop.policyfile;

import java.util.regex.Pattern;

/** Tells policy files from what editors and copying tools leave beside them. */
final class PolicyFileNames {

  private static final Pattern POLICY = Pattern.compile("[^.].*\\.ya?ml", Pattern.DOTALL);

  /** Numbers are the files by which vim probes whether it may write. */
  private static final Pattern NOT_COUNTED =
      Pattern.compile("\\..*|.*~|.*\\.swp|.*\\.tmp|.*\\.bak|#.*#|\\d+", Pattern.DOTALL);

  private PolicyFileNames() {}

  /** Tells whether a file of that name is read. */
  static boolean counts(String name) {
    return POLICY.matcher(name).matches() && !NOT_COUNTED.matcher(name).matches();
  }
}
