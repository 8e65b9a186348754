package dev.backstop.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.state.Actor;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.testing.RecordingStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionLogTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Actor DBA = new Actor("backstop-1", "dba", "backstop-1/arm/1");

  private final RecordingStore store = new RecordingStore();
  private final List<HistoryEntry> logged = new ArrayList<>();
  private final DecisionLog decisions =
      new DecisionLog(
          new ReconcileListener() {
            @Override
            public void onHistoryEntry(HistoryEntry entry) {
              logged.add(entry);
            }
          });

  private static HistoryEntry entry(Event event, Instant time) {
    return HistoryEntry.of(time, DBA, "hz-prod", "", event, "maintenance");
  }

  private HistoryEntry disarm(Instant time) {
    HistoryEntry entry = entry(Event.DISARMED, time);
    store.disarm(new Disarming("hz-prod", "dba", "maintenance", time, null), entry);
    return entry;
  }

  private HistoryEntry arm(Instant time) {
    HistoryEntry entry = entry(Event.ARMED, time);
    store.arm("hz-prod", entry);
    return entry;
  }

  @Test
  void whatAPersonDecidesInAnotherProcessIsLoggedOnce() {
    decisions.update(store, START);
    HistoryEntry disarmed = disarm(START.plusSeconds(1));
    decisions.update(store, START.plusSeconds(2));
    decisions.update(store, START.plusSeconds(3));
    HistoryEntry armed = arm(START.plusSeconds(4));
    decisions.update(store, START.plusSeconds(5));
    assertThat(logged).containsExactly(disarmed, armed);
  }

  @Test
  void whatWasDecidedBeforeTheStartIsNotLoggedAgain() {
    disarm(START.minusSeconds(1));
    decisions.update(store, START);
    HistoryEntry armed = arm(START.plusSeconds(1));
    decisions.update(store, START.plusSeconds(2));
    assertThat(logged).containsExactly(armed);
  }

  @Test
  void decisionOfAHostWhoseClockIsLateIsLogged() {
    decisions.update(store, START);
    decisions.update(store, START.plusSeconds(60));
    HistoryEntry disarmed = disarm(START.plusSeconds(30));
    decisions.update(store, START.plusSeconds(61));
    assertThat(logged).containsExactly(disarmed);
  }

  /** What `apply` sends it says itself, and the daemon's own are logged as they happen. */
  @Test
  void whatProgramsSendIsLeftToThem() {
    decisions.update(store, START);
    for (String by : List.of("daemon", "apply")) {
      Actor program = new Actor("backstop-1", by, "backstop-1");
      store.appendHistory(
          List.of(
              HistoryEntry.of(
                  START.plusSeconds(1), program, "hz-prod", "", Event.STATEMENT, "due now")));
    }
    HistoryEntry disarmed = disarm(START.plusSeconds(1));
    decisions.update(store, START.plusSeconds(2));
    assertThat(logged).containsExactly(disarmed);
  }

  @Test
  void forcedEndIsLoggedFromItsFirstRecordToItsLast() {
    decisions.update(store, START);
    List<HistoryEntry> forced =
        List.of(
            entry(Event.DESTINATION_RECORDED, START.plusSeconds(1)),
            entry(Event.STATEMENT, START.plusSeconds(2)),
            entry(Event.STATEMENT_RESULT, START.plusSeconds(3)),
            entry(Event.FORCE_ENDED, START.plusSeconds(4)));
    store.appendHistory(forced);
    decisions.update(store, START.plusSeconds(6));
    assertThat(logged).containsExactlyElementsOf(forced);
  }
}
