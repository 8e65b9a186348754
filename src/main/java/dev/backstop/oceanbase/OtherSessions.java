package dev.backstop.oceanbase;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds in a process list the hosts on which another Backstop may be at work. */
final class OtherSessions {

  private OtherSessions() {}

  /**
   * One session of a server.
   *
   * @param host its client's address, mostly with a port
   */
  record Session(long id, String user, String host) {

    private String address() {
      int colon = host.lastIndexOf(':');
      return colon < 0 ? host : host.substring(0, colon);
    }
  }

  /**
   * Returns the other addresses from which the user of a session is logged in, sorted; empty where
   * the list lacks that session, as behind a proxy that numbers sessions anew.
   */
  static Optional<List<String>> of(List<Session> sessions, long own) {
    return sessions.stream()
        .filter(session -> session.id() == own)
        .findFirst()
        .map(
            ours -> {
              TreeSet<String> addresses = new TreeSet<>();
              for (Session session : sessions) {
                if (session.user().equals(ours.user())) {
                  addresses.add(session.address());
                }
              }
              addresses.remove(ours.address());
              return List.copyOf(addresses);
            });
  }
}
