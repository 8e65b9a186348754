package dev.backstop.policy;

/**
 * Answer to whether a policy file is in the folder: present, proven absent, or unknown. Only what
 * is proven absent is a deletion.
 *
 * @param answer the answer
 * @param folder the path of the folder that shows it; empty for the policy folder, and if UNKNOWN
 * @param words why it is not known; empty unless UNKNOWN
 */
record FileEvidence(Answer answer, String folder, String words) {

  /** Lists the answers. */
  enum Answer {
    /** There is a policy file of that name. */
    PRESENT,
    /** Its folder, or the nearest one above that is left, was listed to the end and lacks it. */
    PROVEN_ABSENT,
    /** Something else has its name, or its folder could not be listed to the end. */
    UNKNOWN
  }

  static FileEvidence present(String folder) {
    return new FileEvidence(Answer.PRESENT, folder, "");
  }

  static FileEvidence provenAbsent(String folder) {
    return new FileEvidence(Answer.PROVEN_ABSENT, folder, "");
  }

  static FileEvidence unknown(String words) {
    return new FileEvidence(Answer.UNKNOWN, "", words);
  }
}
