package dev.backstop.daemon;

import dev.backstop.config.Settings;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.StateStore;
import dev.backstop.supervision.Supervisor;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * The control loop and the store in use, either of which can be replaced while the daemon runs. A
 * replacement is opened before the present one is closed, so that there always is one.
 *
 * <p>Callers serialise the changes; reading is safe for any thread.
 */
final class ActiveLoop {

  private final Actor actor;
  private final Supplier<ReconcileListener> listeners;
  private final Clock clock;
  private final Supervisor supervisor;
  private volatile Settings settings;
  private volatile StateStore store;
  private volatile ControlLoop loop;

  ActiveLoop(
      Settings settings,
      StateStore store,
      Actor actor,
      Supplier<ReconcileListener> listeners,
      Clock clock,
      Supervisor supervisor) {
    this.actor = actor;
    this.listeners = listeners;
    this.clock = clock;
    this.supervisor = supervisor;
    this.settings = settings;
    this.store = store;
    this.loop = create(settings, store);
  }

  private ControlLoop create(Settings by, StateStore on) {
    return new ControlLoop(by, actor, on, cluster -> true, listeners.get(), clock, supervisor);
  }

  void start() {
    loop.start();
  }

  Settings settings() {
    return settings;
  }

  StateStore store() {
    return store;
  }

  PolicyRegistry policies() {
    return loop.registry().registry().policies();
  }

  /** Prepares other settings and returns what applies them; what fails here has changed nothing. */
  Runnable prepare(Settings changed) {
    if (ControlLoop.canReload(settings, changed)) {
      return () -> {
        settings = changed;
        loop.reload(changed);
      };
    }
    ControlLoop next = create(changed, store);
    return () -> {
      settings = changed;
      replace(next);
    };
  }

  /** Continues with another store, which is open. */
  void continueWith(StateStore next) {
    StateStore before = store;
    ControlLoop nextLoop = create(settings, next);
    store = next;
    replace(nextLoop);
    supervisor.contain("closing the store of before", before::close);
  }

  private void replace(ControlLoop next) {
    ControlLoop before = loop;
    loop = next;
    supervisor.contain("closing the loop of before", before::close);
    next.goOn();
    next.start();
  }

  void stop() {
    supervisor.contain("closing the loop", loop::close);
  }

  void closeStore() {
    supervisor.contain("ending the heartbeats", () -> store.endHeartbeats(actor));
    supervisor.contain("closing the store", store::close);
  }
}
