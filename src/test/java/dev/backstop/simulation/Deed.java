package dev.backstop.simulation;

/** Lists what can happen in a story; how often is told by its weight. */
enum Deed {
  EDIT(12),
  ADD_POLICY(3),
  HALF_WRITE(4),
  LONG_HALF_WRITE(2),
  BREAK(2),
  MEND(4),
  DELETE(7),
  PUT_BACK(5),
  RENAME_FILE(2),
  RENAME_POLICY(2),
  FOLDER_VANISHES(1),
  FOLDER_RETURNS(4),
  FOLDER_SWAPPED(1),
  START_SET(6),
  START_PIECES(6),
  START_ARCHIVE(3),
  RESTART(2),
  DOWN_LONG(1),
  CRASH(8),
  SERVER_FAULT(10),
  SWITCH_ROOTSERVICE(1),
  HIDE_VIEW(1),
  DENY_TABLE(1),
  CLEAR_FAULTS(3),
  WRONG_SERVER(1),
  MODERN_SERVER(1),
  WRONG_TENANT(1),
  DEAD_ENDPOINT(2),
  RIGHT_SERVER(5),
  SLOW_NETWORK(1),
  DISARM(1),
  ARM(2),
  APPROVE(3),
  FORGET(1),
  CLOCK_FORWARD(1),
  CLOCK_BACK(1),
  STORE_FAILS_ONCE(4),
  STORE_FAILS(1),
  STORE_MENDED(3),
  STORE_COPIED(1),
  STORE_RESTORED(1),
  STORE_LOST(1);

  private final int weight;

  Deed(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }
}
