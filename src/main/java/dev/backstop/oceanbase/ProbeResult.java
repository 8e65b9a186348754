package dev.backstop.oceanbase;

/**
 * Result of one check of {@code doctor}.
 *
 * @param what what was checked
 * @param ok whether it is as it must be, or unknown
 * @param words what was found, without credentials
 * @param repair what to type or change; empty where nothing
 */
public record ProbeResult(String what, boolean ok, String words, String repair) {

  static ProbeResult good(String what, String words) {
    return new ProbeResult(what, true, words, "");
  }

  static ProbeResult bad(String what, String words, String repair) {
    return new ProbeResult(what, false, words, repair);
  }
}
