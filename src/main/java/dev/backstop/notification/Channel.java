package dev.backstop.notification;

import dev.backstop.config.NotificationSettings;
import dev.backstop.plan.Reason;
import dev.backstop.plan.State;
import dev.backstop.state.DeliveryFailure;
import dev.backstop.state.NotificationRecords;
import dev.backstop.state.NotifiedState;
import dev.backstop.state.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One notification at work: notes transitions in any thread, and delivers them in its own, turn by
 * turn. A message is delivered at least once: where an answer never came, it may arrive twice.
 */
final class Channel {

  private static final Logger LOG = LoggerFactory.getLogger(Channel.class);

  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration SAVE_AGAIN = Duration.ofSeconds(5);

  private final NotificationSettings settings;
  private final String daemon;
  private final Transport transport;
  private final Supplier<NotificationRecords> records;
  private final Clock clock;
  private final LongSupplier nanos;
  private final PendingTransitions pending;
  private final Backoff backoff = new Backoff();
  private long retryAt;
  private @Nullable DeliveryFailure failure;

  /** At a start the record may hold a failure of before, which is logged anew where it lasts. */
  private boolean isFailureSaved;

  /**
   * Begins with the states that the records say were sent.
   *
   * @param nanos the monotonic clock
   */
  Channel(
      NotificationSettings settings,
      String daemon,
      Transport transport,
      Supplier<NotificationRecords> records,
      Clock clock,
      LongSupplier nanos) {
    this.settings = settings;
    this.daemon = daemon;
    this.transport = transport;
    this.records = records;
    this.clock = clock;
    this.nanos = nanos;
    this.retryAt = nanos.getAsLong();
    this.pending = new PendingTransitions(notified());
  }

  private List<NotifiedState> notified() {
    try {
      return records.get().notified(settings.name());
    } catch (StoreException e) {
      LOG.warn(
          "notification {}: what it sent before can't be read, so it may be sent again: {}",
          settings.name(),
          e.getMessage());
      return List.of();
    }
  }

  NotificationSettings settings() {
    return settings;
  }

  Set<ClusterKind> known() {
    return pending.known();
  }

  /** Notes the present state of a kind; returns whether the next turn may have something to do. */
  boolean observe(ClusterKind of, State state, Instant since, Reason reason) {
    return pending.observe(of, state, since, reason, nanos.getAsLong());
  }

  /** Notes that a statement was sent for a kind. */
  void onStatement(ClusterKind of) {
    pending.onStatement(of, nanos.getAsLong());
  }

  /** Delivers what is due, and returns how long the next turn may wait. */
  Duration turn() throws InterruptedException {
    long now = nanos.getAsLong();
    if (retryAt <= now) {
      List<Transition> due = pending.take(settings, now);
      if (!due.isEmpty()) {
        deliver(due);
      }
    }
    if (failure != null && pending.isEmpty()) {
      onSuccess();
    }
    return save() ? untilNext() : SAVE_AGAIN;
  }

  private Duration untilNext() {
    long now = nanos.getAsLong();
    OptionalLong due = pending.nextDue(settings.every());
    return due.isEmpty() ? IDLE : Duration.ofNanos(Math.max(due.getAsLong(), retryAt) - now);
  }

  private void deliver(List<Transition> due) throws InterruptedException {
    Message message =
        new Message(settings.name(), daemon, clock.instant(), false, settings.keyword(), due);
    boolean isDelivered = false;
    try {
      transport.deliver(message);
      isDelivered = true;
      pending.onDelivered(nanos.getAsLong());
      onSuccess();
    } catch (DeliveryException e) {
      onFailure(String.valueOf(e.getMessage()));
    } finally {
      if (!isDelivered) {
        pending.onFailed();
        retryAt = nanos.getAsLong() + backoff.onFailure().toNanos();
      }
    }
  }

  private void onSuccess() {
    backoff.onSuccess();
    if (failure != null) {
      LOG.info("notification {}: nothing is left undelivered", settings.name());
      record(null);
    }
  }

  private synchronized void record(@Nullable DeliveryFailure changed) {
    failure = changed;
    isFailureSaved = false;
  }

  private void onFailure(String words) {
    DeliveryFailure before = failure;
    if (before == null || !before.words().equals(words)) {
      LOG.warn(
          "notification {}: a message did not arrive, and is sent again until it does: {}",
          settings.name(),
          words);
      Instant since = before == null ? clock.instant() : before.since();
      record(new DeliveryFailure(settings.name(), since, words));
    }
  }

  /** Saves what changed, in any thread; returns whether nothing is left to save. */
  synchronized boolean save() {
    List<NotifiedState> unsaved = pending.unsaved();
    try {
      if (!unsaved.isEmpty()) {
        records.get().save(settings.name(), unsaved);
        pending.onSaved(unsaved);
      }
      if (!isFailureSaved) {
        records.get().saveFailure(settings.name(), failure);
        isFailureSaved = true;
      }
      return true;
    } catch (StoreException e) {
      LOG.debug("what notification {} has sent can't be saved yet", settings.name(), e);
      return false;
    }
  }
}
