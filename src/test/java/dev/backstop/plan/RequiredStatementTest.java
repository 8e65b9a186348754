package dev.backstop.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tells which rows a statement acts on. */
class RequiredStatementTest {

  private static Job piece(long id, long tenant) {
    return new Job(JobObject.BACKUPPIECE, id, new TenantId(tenant), "", "DOING", "");
  }

  private static RequiredStatement required(Job... pieces) {
    return RequiredStatement.of(Kind.LOG, List.of(pieces)).orElseThrow();
  }

  /** One job has a row for each tenant; the server takes the lowest id. */
  @Test
  void everyRowOfTheLowestPieceJobIsItsTarget() {
    assertThat(required(piece(4, 1001), piece(3, 1001), piece(3, 1002), piece(5, 1001)).target())
        .containsExactly(piece(3, 1001), piece(3, 1002));
  }

  @Test
  void theSameRowsInAnotherOrderHaveNotMoved() {
    assertThat(required(piece(3, 1002), piece(3, 1001)).fingerprint())
        .isEqualTo(required(piece(3, 1001), piece(3, 1002)).fingerprint())
        .isNotEqualTo(required(piece(3, 1001)).fingerprint());
  }
}
