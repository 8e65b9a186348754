package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.oceanbase.OtherSessions.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherSessionsTest {

  private static final Entry OURS = new Entry(7, "keeper", "10.0.0.1:50000");

  @Test
  void findsOtherHostsOfSameUser_once() {
    List<Entry> sessions =
        List.of(
            OURS,
            new Entry(8, "keeper", "10.0.0.1:50001"),
            new Entry(9, "keeper", "10.0.0.2:40000"),
            new Entry(10, "keeper", "10.0.0.2:40001"),
            new Entry(11, "root", "10.0.0.3:40000"));
    assertThat(OtherSessions.of(sessions, 7)).contains(List.of("10.0.0.2"));
  }

  @Test
  void findsNothing_whereOwnSessionIsMissing() {
    assertThat(OtherSessions.of(List.of(OURS), 8)).isEmpty();
  }

  @Test
  void acceptsAddressWithoutPort() {
    List<Entry> sessions = List.of(OURS, new Entry(9, "keeper", "db-2"));
    assertThat(OtherSessions.of(sessions, 7)).contains(List.of("db-2"));
  }
}
