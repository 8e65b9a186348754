package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.Profile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sends the daemon's look to the simulator. */
class LookOverTheWireIT {

  private static final String LOOK =
      LookQuery.of(EnumSet.allOf(QueryPart.class), List.of("pay", "o'x"));

  private static Connection connect(Simulator simulator) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://" + simulator.endpoint() + "/?connectTimeout=2000&socketTimeout=5000",
        "root@sys",
        "secret");
  }

  @Test
  void everyProfileAnswersOrRefusesLook() throws SQLException {
    for (Profile profile : Profile.values()) {
      try (Simulator simulator =
          Simulator.of(profile.start(Instant.now())).rootPassword("secret").start()) {
        int error = 0;
        try (Connection connection = connect(simulator)) {
          LookRow.query(connection, LOOK);
        } catch (SQLException e) {
          error = e.getErrorCode();
        }
        assertThat(error).as(profile.label()).isNotIn(1064, 1054, 1292, 1305, 4016);
      }
    }
  }
}
