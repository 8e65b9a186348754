package dev.backstop.oceanbase;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds other hosts in a process list on which another Backstop may run. */
final class OtherSessions {

  private OtherSessions() {}

  /**
   * One entry of a process list.
   *
   * @param host the client's address, mostly with a port
   */
  record Entry(long id, String user, String host) {

    private String address() {
      int colon = host.lastIndexOf(':');
      return colon < 0 ? host : host.substring(0, colon);
    }
  }

  /**
   * Returns the other addresses from which the user of a session is logged in, sorted; empty where
   * the list lacks that session, as behind a proxy that numbers sessions anew.
   */
  static Optional<List<String>> of(List<Entry> sessions, long own) {
    return sessions.stream()
        .filter(session -> session.id() == own)
        .findFirst()
        .map(
            ours -> {
              TreeSet<String> addresses = new TreeSet<>();
              for (Entry session : sessions) {
                if (session.user().equals(ours.user())) {
                  addresses.add(session.address());
                }
              }
              addresses.remove(ours.address());
              return List.copyOf(addresses);
            });
  }
}
