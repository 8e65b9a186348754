package dev.backstop.cli;

import dev.backstop.command.LiveApplication;
import dev.backstop.demo.LiveDemoService;
import dev.backstop.force.LiveForceService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/**
 * Holds what a command ended with and what it wrote, as somebody at a pipe sees it.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
public record Typed(int code, String out, String err) {

  /** Types a command in a folder, on the real application, in this process. */
  public static Typed in(Path folder, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), Set.of(), Map.of());
    Session session =
        new Session(
            conf -> new LiveApplication(conf, Clock.systemUTC()),
            conf -> new LiveForceService(conf, Clock.systemUTC()),
            new LiveDemoService(Clock.systemUTC()),
            terminal,
            new ReloadSignals(),
            Clock.system(ZoneId.systemDefault()),
            time -> false,
            folder,
            folder);
    int code = Backstop.execute(session, arguments);
    return new Typed(code, out.toString(), err.toString());
  }

  /** Returns all that was written. */
  public String text() {
    return out + err;
  }
}
