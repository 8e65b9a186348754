package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.policy.HoldReason;
import dev.backstop.store.format.RecordFormat;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordTextsTest {

  private static final ClusterRecord AT_REST = ClusterRecord.none("hz").atRevision(7);
  private static final ClusterRecord HELD =
      AT_REST.settled(
          PolicySnapshot.NONE,
          new ClusterRecord.BudgetHold(
              PolicySnapshot.NONE,
              PolicySnapshot.NONE,
              Instant.parse("2026-11-23T20:00:00Z"),
              HoldReason.BUDGET));

  private final RecordTexts texts = new RecordTexts();

  private static String text(ClusterRecord record) {
    return RecordFormat.CLUSTER_RECORD.write(record);
  }

  @Test
  void recordThatNothingChangedKeepsItsText_whateverItsRevision() {
    String stored = text(AT_REST);
    assertThat(texts.read("hz", stored)).isSameAs(texts.read("hz", stored)).isEqualTo(AT_REST);
    assertThat(texts.write(AT_REST.atRevision(8))).isSameAs(stored);
  }

  @Test
  void changedRecordHasATextOfItsOwn() {
    texts.read("hz", text(AT_REST));
    assertThat(texts.write(HELD)).isEqualTo(text(HELD));
  }

  @Test
  void textThatAnotherProcessWroteIsReadAnew() {
    texts.read("hz", text(AT_REST));
    assertThat(texts.read("hz", text(HELD))).isEqualTo(HELD);
    assertThat(texts.write(AT_REST)).isEqualTo(text(AT_REST));
  }

  @Test
  void damagedTextIsRefusedEachTime() {
    texts.read("hz", text(AT_REST));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> texts.read("hz", "{")).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
