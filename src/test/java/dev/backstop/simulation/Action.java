package dev.backstop.simulation;

import java.util.List;

/** Lists what can happen in a story, each with its weight: how often. */
enum Action {
  EDIT(14),
  ADD_POLICY(3),
  MOVE_POLICY(1),
  HALF_WRITE(8),
  LONG_HALF_WRITE(4),
  BREAK(4),
  STRAY_FILE(2),
  EMPTY_FILE(2),
  DUPLICATE_NAME(2),
  MEND(6),
  DELETE(7),
  PUT_BACK(6),
  RENAME_FILE(2),
  RENAME_POLICY(2),
  MASS_EDIT(2),
  MASS_DELETE(1),
  SLOW_MASS_DELETE(1),
  FOLDER_VANISHES(2),
  FOLDER_UNREADABLE(1),
  FOLDER_RETURNS(6),
  FOLDER_SWAPPED(2),
  START_SET(8),
  START_PIECES(8),
  START_ARCHIVE(4),
  RESTART(5),
  DOWN_LONG(1),
  CRASH(16),
  CONF_OBSERVES(1),
  CONF_ENFORCES(3),
  SERVER_FAULT(22),
  SWITCH_ROOTSERVICE(2),
  HIDE_VIEW(2),
  DENY_TABLE(3),
  CLEAR_FAULTS(4),
  WRONG_SERVER(3),
  MODERN_SERVER(2),
  WRONG_TENANT(2),
  DEAD_ENDPOINT(4),
  RIGHT_SERVER(10),
  SLOW_NETWORK(3),
  DISARM(2),
  ARM(4),
  APPROVE(4),
  FORGET(1),
  RACE(12),
  SECOND_DAEMON(1),
  APPLY(2),
  CLOCK_FORWARD(3),
  CLOCK_BACK(2),
  STORE_FAILS_ONCE(14),
  STORE_FAILS(2),
  STORE_MENDED(4),
  STORE_COPIED(1),
  STORE_RESTORED(1),
  STORE_LOST(1),
  STORE_UNREADABLE(1),
  /** A file goes to a name that is not read; this and what follows only in mixed folders. */
  MOVE_UNREAD(8),
  /** A folder is made in a file's place. */
  TAKE_NAME(6),
  /** A file goes into a subfolder, or out of it. */
  MOVE_FILE(6),
  /** Looks show no destination; this and what follows only where policies have limits. */
  HIDE_DESTINATIONS(6),
  /** The server's clock goes wrong. */
  SERVER_CLOCK(4),
  /** A copy starts that goes elsewhere; this and what follows only where there is every limit. */
  START_ELSEWHERE(6),
  /** A policy gets other limits. */
  EDIT_LIMITS(8),
  /** A policy names other clusters. */
  LIST_CLUSTERS(6);

  private final int weight;

  Action(int weight) {
    this.weight = weight;
  }

  private static final List<Action> ALL = List.of(values());
  private static final List<Action> LIMITED = ALL.subList(0, ALL.indexOf(START_ELSEWHERE));
  private static final List<Action> MIXED = ALL.subList(0, ALL.indexOf(HIDE_DESTINATIONS));
  private static final List<Action> COMMON = ALL.subList(0, ALL.indexOf(MOVE_UNREAD));

  static List<Action> all() {
    return ALL;
  }

  /** Lists what happens where policies have windows and list destinations alone. */
  static List<Action> limited() {
    return LIMITED;
  }

  /** Lists what happens where no policy has limits. */
  static List<Action> mixed() {
    return MIXED;
  }

  /** Lists what happens in folders without subfolders. */
  static List<Action> common() {
    return COMMON;
  }

  int weight() {
    return weight;
  }
}
