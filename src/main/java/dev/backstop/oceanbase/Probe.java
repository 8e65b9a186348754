package dev.backstop.oceanbase;

/**
 * Tells one thing that {@code doctor} examined.
 *
 * @param what the thing
 * @param ok whether it is as it must be, or can't be told
 * @param words what was found, without credentials
 * @param repair what to type or change; empty where nothing
 */
public record Probe(String what, boolean ok, String words, String repair) {

  static Probe good(String what, String words) {
    return new Probe(what, true, words, "");
  }

  static Probe bad(String what, String words, String repair) {
    return new Probe(what, false, words, repair);
  }
}
