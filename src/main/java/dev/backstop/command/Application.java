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
import org.jspecify.annotations.Nullable;

/**
 * Does what the verbs of the command line ask for, on one configuration file.
 *
 * <p>Making one reads nothing: each method reads the configuration itself, so that those that need
 * none work without one. Every method may throw {@link BackstopException}, whose words are for the
 * person who asked. An empty set of clusters means all of them; one that is not in the
 * configuration is a usage error. Everything opened is closed on return.
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
   * Looks and plans; writes nothing.
   *
   * @param asIfArmed plans as if nothing were disarmed, to show what arming would let out
   */
  Overview plan(Set<String> clusters, boolean asIfArmed);

  /**
   * Acts until nothing can change without a person, or until time is up.
   *
   * @param progress takes the report of each cycle, on any thread, one at a time
   * @return the last report of every cluster and what is held of them
   */
  Overview apply(Set<String> clusters, Duration timeout, Consumer<Report> progress);

  /** Reads what was last recorded; without a store, nothing was, and its notes say so. */
  Overview status(Set<String> clusters);

  /**
   * Reads history, oldest first, an entry at a time.
   *
   * @return what a person has to know beside it, a line each: that there is no store yet
   */
  List<String> history(HistoryQuery query, Consumer<HistoryEntry> reader);

  /**
   * Releases exactly that held set.
   *
   * @param withoutDaemon whether to write where no daemon acts on it; refused where one does
   * @return what became of it, line by line
   */
  List<String> approve(String id, String reason, boolean withoutDaemon);

  /**
   * Drops a deleted policy, or a held set of them, and stops nothing for it.
   *
   * @param withoutDaemon as for {@link #approve}
   */
  List<String> forget(String policyOrId, String reason, boolean withoutDaemon);

  /**
   * Lets no statement leave; returns after any that was permitted before has its outcome. Where it
   * is written and no daemon of the configuration confirms it, the exception says both.
   *
   * @param cluster a cluster, or {@link dev.backstop.state.Disarming#ALL}
   * @param until null until armed
   */
  List<String> disarm(String cluster, String reason, @Nullable Instant until);

  /**
   * Lets statements leave again, for a cluster or {@link dev.backstop.state.Disarming#ALL}.
   *
   * @param withoutDaemon as for {@link #approve}
   * @param shown takes the plan of what will be sent then, before anything is written
   */
  List<String> arm(String cluster, boolean withoutDaemon, Consumer<Overview> shown);

  /** Connects to every cluster asked for, checks all that Backstop needs, and tells each check. */
  void doctor(Set<String> clusters, Consumer<Check> found);

  /**
   * Tells one check of the doctor.
   *
   * @param subject a cluster's name, or what is checked where it is no cluster's
   * @param what what was checked, such as {@code version}
   * @param ok whether it is as it must be
   * @param words what was found
   * @param repair the statement, command or edit that mends it; empty where nothing is wrong
   */
  record Check(String subject, String what, boolean ok, String words, String repair) {}
}
