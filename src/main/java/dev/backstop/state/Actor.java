package dev.backstop.state;

/**
 * Who acts, as history and leases name it.
 *
 * @param daemon the daemon's configured name
 * @param by {@code daemon}, {@code apply} or the person's login
 * @param leaseOwner the daemon's name for {@code run}; unique for a command
 */
public record Actor(String daemon, String by, String leaseOwner) {

  /** What {@code by} is of the daemon itself. */
  public static final String DAEMON = "daemon";

  /** What {@code by} is of the verb {@code apply}. */
  public static final String APPLY = "apply";

  /** Returns whether it is a daemon, which goes on looking, and no command. */
  public boolean isDaemon() {
    return by.equals(DAEMON);
  }
}
