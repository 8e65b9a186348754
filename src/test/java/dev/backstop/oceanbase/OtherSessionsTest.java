package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.oceanbase.OtherSessions.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherSessionsTest {

  private static final Session OURS = new Session(7, "keeper", "10.0.0.1:50000");

  @Test
  void sessionsOfTheSameUserFromOtherHostsAreNamed_eachHostOnce() {
    List<Session> sessions =
        List.of(
            OURS,
            new Session(8, "keeper", "10.0.0.1:50001"),
            new Session(9, "keeper", "10.0.0.2:40000"),
            new Session(10, "keeper", "10.0.0.2:40001"),
            new Session(11, "root", "10.0.0.3:40000"));
    assertThat(OtherSessions.of(sessions, 7)).contains(List.of("10.0.0.2"));
  }

  @Test
  void listThatLacksTheOwnSessionSaysNothing() {
    assertThat(OtherSessions.of(List.of(OURS), 8)).isEmpty();
  }

  @Test
  void addressWithoutAPortIsTakenAsItIs() {
    List<Session> sessions = List.of(OURS, new Session(9, "keeper", "db-2"));
    assertThat(OtherSessions.of(sessions, 7)).contains(List.of("db-2"));
  }
}
