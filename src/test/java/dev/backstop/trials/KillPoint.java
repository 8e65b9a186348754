package dev.backstop.trials;

/**
 * One point at which the daemon is killed.
 *
 * @param kind what it is counted in
 * @param number which one
 */
record KillPoint(Kind kind, int number) {

  /** Lists what points are counted in, with how many of a hundred there are of each. */
  enum Kind {
    START_UP("start-up, every 60 ms from the JVM's birth", 10),
    STORE_BIRTH("a file of the new store appears", 4),
    REQUEST_LOST("n-th packet to the server, lost", 16),
    REQUEST_ARRIVES("n-th packet to the server, arrives after the death", 12),
    ANSWER("n-th answer of the server, lost", 12),
    RECORDED("recorded, not yet at the gate (login, wait_timeout, gate)", 4),
    STATEMENT_LOST("statement under way, lost", 3),
    STATEMENT_ARRIVES("statement under way, arrives after the death", 3),
    STATEMENT_ANSWERED("statement done, answer lost", 3),
    PROOF("look after a statement: before the first, second, third", 3),
    STORE_WRITE("n-th growth of the store's log", 12),
    EDIT("policy half written, written, settling, settled", 6),
    GRACE("within the grace of a deletion", 4),
    WITHDRAWN("within the grace; the file comes back before the restart", 2),
    HELD("a held set: noticed, held, while it is approved", 4),
    DISARMED("disarmed, edited; armed after the restart", 2);

    private final String words;
    private final int share;

    Kind(String words, int share) {
      this.words = words;
      this.share = share;
    }

    String words() {
      return words;
    }

    int share() {
      return share;
    }
  }
}
