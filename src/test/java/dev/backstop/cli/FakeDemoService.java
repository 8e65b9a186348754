package dev.backstop.cli;

import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.Running;
import dev.backstop.demo.DemoService;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has one profile, and runs nothing. */
final class FakeDemoService implements DemoService {

  @Override
  public Running demo(boolean interactive, Consumer<String> say) {
    throw BackstopException.failed("nothing runs here");
  }

  @Override
  public Running simulate(int port, @Nullable String profile, Consumer<String> say) {
    throw BackstopException.failed("nothing runs here");
  }

  @Override
  public List<Profile> profiles() {
    return List.of(new Profile("plain", "a 3.1 cluster"));
  }
}
