package dev.backstop.demo;

import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.Running;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs both verbs on the simulator, which only their class path holds. */
public final class LiveDemoService implements DemoService {

  private static final String SIMULATOR = "dev.backstop.simulator.Simulator";

  private final Clock clock;

  /** Loads no class of the simulator yet. */
  public LiveDemoService(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Running demo(boolean interactive, Consumer<String> say) {
    requireSimulator();
    return Demo.start(interactive, say, clock);
  }

  @Override
  public Running simulate(int port, @Nullable String profile, Consumer<String> say) {
    requireSimulator();
    return StandaloneSimulator.start(port, profile, say, clock);
  }

  @Override
  public List<Profile> profiles() {
    requireSimulator();
    return StandaloneSimulator.profiles();
  }

  private static void requireSimulator() {
    try {
      Class.forName(SIMULATOR, false, LiveDemoService.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw BackstopException.failed(
          "demo and simulate need the simulator, which is not installed: copy target/lib/simulator"
              + " of a build to lib/simulator and start bin/backstop");
    }
  }
}
