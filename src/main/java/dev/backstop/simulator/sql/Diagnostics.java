package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import java.util.ArrayList;
import java.util.List;

/** Holds what the session's last statement gave rise to, for SHOW WARNINGS and SHOW ERRORS. */
final class Diagnostics {

  private static final int MOST = 64;

  /**
   * Collects the warnings of the statement that a thread runs: the engine calls {@link Functions}
   * in that thread and hands nothing on.
   */
  private static final ThreadLocal<List<Entry>> RUNNING = ThreadLocal.withInitial(ArrayList::new);

  private record Entry(String level, int code, String message) {}

  private List<Entry> last = List.of();

  /** Forgets the warnings of the statement before. */
  static void begin() {
    RUNNING.remove();
  }

  /** Notes a warning of the statement that this thread runs. */
  static void warn(int code, String message) {
    List<Entry> running = RUNNING.get();
    if (running.size() < MOST) {
      running.add(new Entry("Warning", code, message));
    }
  }

  /** Notes that a text is not wholly the number that it was taken for. */
  static void truncated(String type, String value) {
    warn(1292, "Truncated incorrect " + type + " value: '" + value + "'");
  }

  /** Keeps the warnings of the statement that has ended, or its error; counts the warnings. */
  int end(Answer answer) {
    boolean failed = answer.kind() == Answer.Kind.FAILED;
    last =
        failed
            ? List.of(new Entry("Error", answer.error(), answer.message()))
            : List.copyOf(RUNNING.get());
    RUNNING.remove();
    return failed ? 0 : last.size();
  }

  Table show(boolean errorsOnly) {
    TextTable table = TextTable.show().text(32, "Level").number("Code").text(512, "Message");
    for (Entry entry : last) {
      if (!errorsOnly || entry.level().equals("Error")) {
        table.row(entry.level(), entry.code(), entry.message());
      }
    }
    return table.build();
  }
}
