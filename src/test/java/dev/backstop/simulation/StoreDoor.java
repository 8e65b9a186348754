package dev.backstop.simulation;

import dev.backstop.plan.ClusterMemory;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyBook;
import dev.backstop.reconcile.Authorization;
import dev.backstop.reconcile.Book;
import dev.backstop.reconcile.PermitRequest;
import dev.backstop.reconcile.Recall;
import dev.backstop.reconcile.Report;
import dev.backstop.reconcile.Store;
import dev.backstop.reconcile.StoreException;
import dev.backstop.testing.RecordingStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands between daemon and store: the daemon may die at every call, and the referee looks on. */
final class StoreDoor implements InvocationHandler {

  private static final Duration TAKES = Duration.ofMillis(1);

  private final Store store;
  private final RecordingStore recorder;
  private final String owner;
  private final Doors doors;
  private final VirtualTime time;
  private final Referee referee;
  private final Omission omission;

  private StoreDoor(Store store, String owner, World world) {
    this.store = store;
    this.owner = owner;
    this.recorder = world.store();
    this.doors = world.doors();
    this.time = world.time();
    this.referee = world.referee();
    this.omission = world.omission();
  }

  /** Stands before the store that a world records, or before one that takes its place. */
  static Store before(Store store, String owner, World world) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            new StoreDoor(store, owner, world));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    String name = method.getName();
    if (name.equals("isLost")) {
      return store.isLost();
    }
    doors.pass(name, true);
    if (name.equals("authorize") || name.equals("saveBook") || name.equals("record")) {
      time.pass(TAKES);
    }
    Object result = called(method, args);
    // The referee learns what happened even where the daemon does not.
    tell(name, args == null ? new Object[0] : args, result);
    if (result instanceof StoreException failure) {
      throw failure;
    }
    doors.pass(name, false);
    return weakened(result);
  }

  private @Nullable Object weakened(@Nullable Object result) {
    if (result instanceof Recall recall) {
      return WeakMemory.of(recall, omission);
    }
    if (result instanceof Book book && omission.lacks(HoldReason.STALE_START)) {
      return new Book(book.policies(), book.revision(), null);
    }
    return result;
  }

  private @Nullable Object called(Method method, Object @Nullable [] args) throws Throwable {
    try {
      return method.invoke(store, args);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof StoreException failure) {
        return failure;
      }
      throw cause == null ? e : cause;
    }
  }

  private void tell(String name, Object[] args, @Nullable Object result) {
    boolean failed = result instanceof StoreException;
    if (failed && (store != recorder || !recorder.hasHappened())) {
      return;
    }
    switch (name) {
      case "saveBook" -> {
        if (failed || Boolean.TRUE.equals(result)) {
          referee.library().saved(owner, (PolicyBook) args[0]);
        }
      }
      case "heartbeat" -> referee.library().beat(time.wall());
      case "record" -> {
        boolean written = failed || (result instanceof Optional<?> done && done.isPresent());
        if (written && args[0] instanceof ClusterMemory) {
          referee.recorded(owner, (Report) args[1]);
        }
      }
      case "authorize" -> {
        if (result instanceof Authorization answer && answer.permit() != null) {
          PermitRequest request = (PermitRequest) args[0];
          boolean isRecorded = recorder.hasTold(request.entry());
          referee.permitted(request, answer.permit(), isRecorded);
        }
      }
      default -> {}
    }
  }
}
