package dev.backstop.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.state.Actor;
import dev.backstop.state.StateStore;
import dev.backstop.state.StateStoreContract;
import dev.backstop.state.StoreException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordingStoreTest extends StateStoreContract {

  private static final Actor ACTOR = new Actor("d", "daemon", "d");
  private static final Instant FIRST = Instant.parse("2026-11-23T06:00:00Z");
  private static final Instant SECOND = FIRST.plusSeconds(1);

  private final RecordingStore store = new RecordingStore();

  @Override
  public StateStore store() {
    return store;
  }

  @Override
  public StateStore neighbour() {
    return store;
  }

  @Test
  void failsTheCallAskedFor_beforeItsEffect() {
    store.failOn(2, RecordingStore.Fault.BEFORE);
    store.heartbeat(ACTOR, FIRST);
    assertThatThrownBy(() -> store.heartbeat(ACTOR, SECOND)).isInstanceOf(StoreException.class);
    assertThat(store.registry().heartbeat()).isEqualTo(FIRST);
  }

  @Test
  void failsTheCallAskedFor_afterItsEffect() {
    store.failOn(1, RecordingStore.Fault.AFTER);
    assertThatThrownBy(() -> store.heartbeat(ACTOR, FIRST)).isInstanceOf(StoreException.class);
    assertThat(store.registry().heartbeat()).isEqualTo(FIRST);
  }

  @Test
  void failsEveryCall_untilMended() {
    store.failAlways("the disk is full");
    assertThatThrownBy(store::registry).hasMessage("the disk is full");
    assertThatThrownBy(store::changeCounter).hasMessage("the disk is full");
    store.mend();
    assertThat(store.registry().revision()).isZero();
  }

  @Test
  void goesBackToAnOldCopy() {
    store.heartbeat(ACTOR, FIRST);
    RecordingStore.Snapshot old = store.snapshot();
    store.heartbeat(ACTOR, SECOND);
    store.restore(old);
    assertThat(store.registry().heartbeat()).isEqualTo(FIRST);
  }
}
