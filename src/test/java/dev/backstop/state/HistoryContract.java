package dev.backstop.state;

import static dev.backstop.state.StoredValues.DAEMON;
import static dev.backstop.state.StoredValues.JOB;
import static dev.backstop.state.StoredValues.NOW;
import static dev.backstop.state.StoredValues.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Says what every store promises of history. */
interface HistoryContract extends StoreUnderTest {

  @Test
  default void historyComesBackAsItWasTold_oldestFirst() {
    HistoryEntry plain = entry(NOW, "hz", Event.STATE_CHANGED);
    HistoryEntry full =
        HistoryEntry.of(NOW.plusSeconds(1), DAEMON, "hz", Kind.DATA, Event.STATEMENT, "because")
            .ofPolicy("p1")
            .sending(Statement.CANCEL_BACKUPSET, List.of(JOB))
            .ending(SentStatement.Result.ACCEPTED, List.of());
    store().appendHistory(List.of(plain));
    store().appendHistory(List.of(full));
    assertThat(neighbour().history(new HistoryQuery("hz", Instant.EPOCH, 10)))
        .containsExactly(plain, full);
  }

  @Test
  default void historyOfOneInstantKeepsTheOrderOfItsWriting() {
    List<HistoryEntry> entries =
        List.of(
            entry(NOW, "hz", Event.STATE_CHANGED),
            entry(NOW, "hz", Event.PERMIT_REFUSED),
            entry(NOW, "hz", Event.ARMED));
    store().appendHistory(entries);
    assertThat(told()).isEqualTo(entries);
  }

  @Test
  default void historyIsAskedByClusterTimeAndNumber() {
    List<HistoryEntry> entries =
        IntStream.range(0, 10)
            .mapToObj(i -> entry(NOW.plusSeconds(i), i % 2 == 0 ? "hz" : "sh", Event.ARMED))
            .toList();
    store().appendHistory(entries);
    assertThat(store().history(new HistoryQuery("sh", NOW, 100)))
        .extracting(HistoryEntry::cluster)
        .hasSize(5)
        .containsOnly("sh");
    assertThat(
            store().history(new HistoryQuery(Set.of("sh", "hz", "bj"), NOW, 100, Long.MAX_VALUE)))
        .isEqualTo(entries);
    assertThat(store().history(new HistoryQuery(null, NOW.plusSeconds(4), 100)))
        .isEqualTo(entries.subList(4, 10));
    assertThat(store().history(new HistoryQuery(null, NOW, 3))).isEqualTo(entries.subList(7, 10));
    assertThat(store().history(new HistoryQuery(null, Instant.MIN, 100))).isEqualTo(entries);
    assertThat(store().history(new HistoryQuery(null, Instant.MAX, 100))).isEmpty();
  }

  /** Whatever the bound: the newest are handed over, and it is told where others are left out. */
  @Test
  default void historyIsBoundedBySizeAndNumber_andSaysWhereOlderEntriesAreLeftOut() {
    List<HistoryEntry> entries =
        IntStream.range(0, 10).mapToObj(i -> entry(NOW.plusSeconds(i), "hz", Event.ARMED)).toList();
    store().appendHistory(entries);
    Set<Integer> seen = new TreeSet<>();
    for (long size = 0; size <= 10_000; size += 50) {
      List<HistoryEntry> read = new ArrayList<>();
      boolean isCut =
          store().readHistory(new HistoryQuery(Set.of("hz"), NOW, 100, size), read::add);
      assertThat(read).isEqualTo(entries.subList(10 - read.size(), 10));
      assertThat(isCut).isEqualTo(read.size() < 10);
      seen.add(read.size());
    }
    assertThat(seen).hasSize(11);
    assertThat(isCut(10)).isFalse();
    assertThat(isCut(9)).isTrue();
  }

  private boolean isCut(int limit) {
    return store().readHistory(new HistoryQuery(null, NOW, limit), entry -> {});
  }

  @Test
  default void historyBeyondItsAgeIsDropped() {
    store()
        .appendHistory(
            List.of(entry(NOW, "hz", Event.ARMED), entry(NOW.plusSeconds(1), "hz", Event.ARMED)));
    store().trimHistory(NOW.plusSeconds(1), Long.MAX_VALUE);
    assertThat(told()).extracting(HistoryEntry::time).containsExactly(NOW.plusSeconds(1));
  }

  @Test
  default void oldestHistoryBeyondItsSizeIsDropped() {
    List<HistoryEntry> entries =
        IntStream.range(0, 100)
            .mapToObj(i -> entry(NOW.plusSeconds(i), "hz", Event.ARMED))
            .toList();
    store().appendHistory(entries);
    store().trimHistory(Instant.EPOCH, 10_000);
    List<HistoryEntry> kept = told();
    assertThat(kept).hasSizeBetween(10, 90).isEqualTo(entries.subList(100 - kept.size(), 100));
    store().trimHistory(Instant.EPOCH, 10_000);
    assertThat(told()).isEqualTo(kept);
    store().trimHistory(Instant.EPOCH, 0);
    assertThat(told()).isEmpty();
  }
}
