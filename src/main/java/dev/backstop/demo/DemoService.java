package dev.backstop.demo;

import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.Running;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what the verbs {@code demo} and {@code simulate} ask for.
 *
 * <p>Every method throws {@link BackstopException} where the simulator is not installed.
 */
public interface DemoService {

  /**
   * Starts simulated clusters, temporary policies and the daemon, and reports what happens by line.
   *
   * @param interactive whether somebody is there to edit and delete; else it plays itself and ends
   *     on proof
   */
  Running demo(boolean interactive, Consumer<String> say);

  /**
   * Starts the simulator alone and reports what runs and which command connects.
   *
   * @param port 0 for any free one
   * @param profile one of {@link #profiles}; null for the default one
   */
  Running simulate(int port, @Nullable String profile, Consumer<String> say);

  /** Lists the profiles of the simulator, each with one line that explains it. */
  List<Profile> profiles();

  /**
   * Names a profile of the simulator.
   *
   * @param name what {@link #simulate} takes
   * @param words what is special about it
   */
  record Profile(String name, String words) {}
}
