package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.State;
import dev.backstop.state.DeliveryFailure;
import dev.backstop.state.NotificationRecords;
import dev.backstop.state.NotifiedState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Says what is promised to the notifier, on either database. */
abstract class NotificationRecordsContract {

  private static final NotifiedState DATA = new NotifiedState("hz", Kind.DATA, State.STOPPED);
  private static final NotifiedState LOG = new NotifiedState("hz", Kind.LOG, State.UNKNOWN);
  private static final Instant NOW = Instant.parse("2026-11-30T08:00:00.123456Z");

  /** Returns the store under test, empty at the beginning of each test. */
  protected abstract JdbcStore store();

  private NotificationRecords records() {
    return store().notifications();
  }

  @Test
  void whatEachNotificationToldIsRemembered_theLastStateOfEachKind() {
    records().save("dba", List.of(DATA, LOG));
    records().save("pager", List.of(LOG));
    NotifiedState changed = new NotifiedState("hz", Kind.DATA, State.DRIFTED);
    records().save("dba", List.of(changed));

    assertThat(records().notified("dba")).containsExactly(changed, LOG);
    assertThat(records().notified("pager")).containsExactly(LOG);
    assertThat(records().notified("new")).isEmpty();
  }

  @Test
  void aKindThatIsUnmanagedIsForgotten() {
    records().save("dba", List.of(DATA, LOG));
    records().save("dba", List.of(new NotifiedState("hz", Kind.DATA, State.UNMANAGED)));

    assertThat(records().notified("dba")).containsExactly(LOG);
  }

  @Test
  void aFailureIsRememberedUntilItEnds() {
    DeliveryFailure failure = new DeliveryFailure("dba", NOW, "no answer");
    records().saveFailure("dba", new DeliveryFailure("dba", NOW, "refused"));
    records().saveFailure("dba", failure);
    records().saveFailure("pager", null);
    assertThat(records().failures()).containsExactly(failure);
    records().saveFailure("dba", null);
    assertThat(records().failures()).isEmpty();
  }

  @Test
  void otherNotificationsAreForgotten() {
    records().save("dba", List.of(DATA));
    records().save("old", List.of(DATA));
    records().saveFailure("dba", new DeliveryFailure("dba", NOW, "no answer"));
    records().saveFailure("old", new DeliveryFailure("old", NOW, "no answer"));
    records().retain(List.of("dba", "new"));

    assertThat(records().notified("dba")).containsExactly(DATA);
    assertThat(records().notified("old")).isEmpty();
    assertThat(records().failures())
        .extracting(DeliveryFailure::notification)
        .containsExactly("dba");
  }
}
