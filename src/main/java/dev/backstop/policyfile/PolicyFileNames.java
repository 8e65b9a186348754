package dev.backstop.policyfile;

/**
 * Tells policy files from what editors and copying tools leave beside them: that begins with a dot
 * or has another ending.
 */
final class PolicyFileNames {

  private PolicyFileNames() {}

  /** Tells whether a file of that name is read. */
  static boolean counts(String name) {
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }
}
