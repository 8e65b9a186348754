package dev.backstop.simulator.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The daemon threads of a listener, known while they run. */
final class ServerThreads {

  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  void start(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                running.remove(Thread.currentThread());
              }
            },
            name);
    thread.setDaemon(true);
    running.add(thread);
    thread.start();
  }

  /** Waits for all of them to end, up to a time. */
  void join(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    for (Thread thread : running) {
      try {
        thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
