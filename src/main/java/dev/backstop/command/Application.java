package dev.backstop.command;

import dev.backstop.daemon.Running;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the command line on one configuration file.
 *
 * <p>Each method reads the configuration anew and closes on return whatever it opens. Every method
 * may throw {@link BackstopException}, whose message is for the person who asked. An empty set of
 * clusters means all of them; one that is not in the configuration is a usage error.
 */
public interface Application {

  /** Starts the daemon and returns once it works. */
  Running run();

  /**
   * Checks policy files and the configuration without any database.
   *
   * @param files empty for the configuration and the whole policy folder
   */
  Validation validate(List<Path> files);

  /**
   * Looks at all clusters at once and plans; writes nothing.
   *
   * @param progress receives how far the looks are, in words
   */
  Overview plan(Set<String> clusters, Consumer<String> progress);

  /**
   * Looks, and plans as the backup windows and runtimes will be at a time to come, with what runs
   * now; writes nothing.
   */
  Overview planAt(Set<String> clusters, Instant at, Consumer<String> progress);

  /**
   * Acts until only a person can change anything, or until time is up.
   *
   * @param progress receives the report of each cycle, on any thread, one at a time
   * @return the last report of every cluster and what is held of them
   */
  Overview apply(Set<String> clusters, Duration timeout, Consumer<Report> progress);

  /** Returns what was last recorded; without a store nothing is, and the notes say so. */
  Overview status(Set<String> clusters);

  /**
   * Reads history, oldest first, an entry at a time.
   *
   * @return notes, a line each, such as that there is no store yet
   */
  List<String> history(HistoryQuery query, Consumer<HistoryEntry> reader);

  /**
   * Releases exactly the held set of this ID.
   *
   * @param only the cluster of which alone it is released; null for the whole set
   * @param withoutDaemon whether to write although no daemon works on the store; refused where one
   *     does
   * @return the result, a line each
   */
  List<String> approve(String id, @Nullable String only, String reason, boolean withoutDaemon);

  /**
   * Drops a deleted policy or a held set of them; stops nothing.
   *
   * @param withoutDaemon as for {@link #approve}
   */
  List<String> forget(String policyOrId, String reason, boolean withoutDaemon);

  /**
   * Permits no statement any more; returns after those permitted before have their outcomes. Where
   * the disarming is written and no daemon of the configuration confirms it, the exception says so.
   *
   * @param cluster a cluster, or {@link dev.backstop.state.Disarming#ALL}
   * @param until null until armed
   */
  List<String> disarm(String cluster, String reason, @Nullable Instant until);

  /**
   * Permits statements again, for a cluster or {@link dev.backstop.state.Disarming#ALL}.
   *
   * @param reason why, for history
   * @param withoutDaemon as for {@link #approve}
   * @param progress receives how far the looks are, in words
   * @param confirm receives the plan of what will be sent, before anything is written; returns
   *     whether to go on
   * @return the result, a line each; none where it was not confirmed
   */
  List<String> arm(
      String cluster,
      String reason,
      boolean withoutDaemon,
      Consumer<String> progress,
      Predicate<Overview> confirm);

  /**
   * Connects to every cluster asked for, to all at once, and checks all that Backstop needs.
   *
   * @param progress receives how far it is, in words
   */
  void doctor(Set<String> clusters, Consumer<String> progress, Consumer<Check> found);

  /**
   * Sends a test message by a notification, and returns once it was accepted.
   *
   * @return the result, a line each
   */
  List<String> testNotification(String name) throws InterruptedException;

  /** Returns the names of all clusters of the configuration, sorted. */
  List<String> clusters();

  /** Returns the names of all notifications of the configuration. */
  List<String> notifications();

  /**
   * Result of one check.
   *
   * @param subject a cluster's name, or what is checked where it is no cluster's
   * @param what what was checked, such as {@code version}
   * @param ok whether it passed
   * @param words what was found
   * @param repair the statement, command or edit that repairs it; empty where it passed
   */
  record Check(String subject, String what, boolean ok, String words, String repair) {

    /** What is checked that belongs to no cluster. */
    private static final Set<String> SHARED =
        Set.of("folder", "store", "permissions", "notifications");

    /** Returns whether the subject is a cluster. */
    public boolean isOfCluster() {
      return !SHARED.contains(subject);
    }

    /** Returns whether it passed and something is odd all the same. */
    public boolean isWarning() {
      return ok && words.contains("warning: ");
    }
  }
}
