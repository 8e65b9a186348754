package dev.backstop.simulation;

/** Lists the sorts of trouble that can strike in a story; each is counted where it took effect. */
enum FaultKind {
  /** A statement met a fault of the server, or a copy did. */
  SERVER_STATEMENT,
  /** A look met a fault of the server. */
  SERVER_QUERY,
  /** RootService changed. */
  ROOTSERVICE_SWITCH,
  /** A view was hidden from a look, or denied to it. */
  VIEW_WITHHELD,
  /** A look was led to another cluster, another tenant or a newer server. */
  ROUTE_ELSEWHERE,
  /** A look found nobody. */
  ROUTE_DEAD,
  ROUTE_SLOW,
  CRASH,
  RESTART,
  LONG_ABSENCE,
  CONF_CHANGED,
  CLOCK_JUMP,
  STORE_FAILED_ONCE,
  STORE_FAILING,
  STORE_LOST,
  STORE_OLD_COPY,
  STORE_UNREADABLE,
  FOLDER_GONE,
  FOLDER_UNREADABLE,
  FOLDER_REPLACED,
  HALF_WRITE,
  BROKEN_FILE,
  STRAY_FILE,
  DUPLICATE_NAME,
  MASS_EDIT,
  MASS_DELETION,
  UNREAD_NAME,
  NAME_TAKEN,
  FILE_MOVED,
  /** A person did something between two steps of a cycle. */
  RACE,
  SECOND_DAEMON,
  APPLY_BESIDE
}
