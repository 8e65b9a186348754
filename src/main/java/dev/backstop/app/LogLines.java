package dev.backstop.app;

import dev.backstop.observation.Kind;
import dev.backstop.reconcile.CycleListener;
import dev.backstop.reconcile.HistoryEntry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what history tells to the log, and each fault of the store once. */
final class LogLines implements CycleListener {

  private static final Logger LOG = LoggerFactory.getLogger(LogLines.class);

  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final AtomicBoolean writable = new AtomicBoolean(true);

  @Override
  public void told(HistoryEntry entry) {
    Kind kind = entry.kind();
    String statement = entry.statement() == null ? "" : " " + entry.statement().sql();
    LOG.info(
        "{}{}{} {}{}: {}",
        entry.cluster().isEmpty() ? "" : entry.cluster() + " ",
        kind == null ? "" : kind.title() + " ",
        entry.policy().isEmpty() ? "" : "[" + entry.policy() + "]",
        entry.event().word(),
        statement,
        entry.reason());
  }

  @Override
  public void failed(String cluster, String words) {
    if (!words.equals(failures.put(cluster, words))) {
      LOG.error("{}: nothing is sent, looks go on: {}", cluster, words);
    }
  }

  @Override
  public void storeWritable(boolean now) {
    if (writable.getAndSet(now) != now && now) {
      failures.clear();
      LOG.info("the state store can be written again");
    }
  }
}
