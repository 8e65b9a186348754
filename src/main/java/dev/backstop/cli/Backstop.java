package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.command.LiveApplication;
import dev.backstop.demo.LiveDemoService;
import dev.backstop.force.LiveForceService;
import dev.backstop.text.NativeText;
import dev.backstop.text.VisibleStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** Main class, which {@code bin/backstop} starts. */
public final class Backstop {

  private static final String LOG_LEVEL = "BACKSTOP_LOG";

  /** Names the format in which lines are logged. */
  private static final String LOG_FORMAT = "backstop.log";

  private static final String HOME = "backstop.home";

  /** Verbs that run until they are stopped. */
  private static final Set<String> LONG_RUNNING = Set.of("run", "demo", "simulate");

  /** The verb that tells of all others. */
  private static final String COMPLETION = "completion";

  /**
   * All verbs by what is typed; to read the options of each one takes longer than most commands.
   */
  private static final Map<String, Function<Session, Verb>> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("run", RunCommand::new);
    VERBS.put("demo", DemoCommand::new);
    VERBS.put("simulate", SimulateCommand::new);
    VERBS.put("validate", ValidateCommand::new);
    VERBS.put("plan", PlanCommand::new);
    VERBS.put("apply", ApplyCommand::new);
    VERBS.put("status", StatusCommand::new);
    VERBS.put("history", HistoryCommand::new);
    VERBS.put("approve", ApproveCommand::new);
    VERBS.put("forget", ForgetCommand::new);
    VERBS.put("disarm", DisarmCommand::new);
    VERBS.put("arm", ArmCommand::new);
    VERBS.put("cancel-all-backup-force", ForceCommand::new);
    VERBS.put("doctor", DoctorCommand::new);
    VERBS.put("notify", NotifyCommand::new);
    VERBS.put("schema", SchemaCommand::new);
    VERBS.put(COMPLETION, CompletionCommand::new);
  }

  private Backstop() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Session session = ofProcess(arguments);
    int code = execute(session, arguments);
    session.terminal().drain(Terminal.DRAIN_TIMEOUT);
    System.exit(code);
  }

  /** Prepares this process and returns its session. */
  static Session ofProcess(String... arguments) {
    // First of all: a SIGHUP that comes before ends the process.
    List<String> typed = List.of(arguments);
    boolean isLongRunning = LONG_RUNNING.stream().anyMatch(typed::contains);
    ReloadSignals reloads = isLongRunning ? ReloadSignals.ofProcess() : new ReloadSignals();
    // Digits, calendars and letters are the same wherever it runs; nothing is translated.
    Locale.setDefault(Locale.ENGLISH);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    OutputStream messages =
        isLongRunning || typed.contains("apply") ? new NonBlockingStream(err) : err;
    PrintStream visible =
        new PrintStream(
            new VisibleStream(messages, NativeText.charset()), true, StandardCharsets.UTF_8);
    System.setErr(visible);
    Terminal terminal = Terminal.ofProcess(messages);
    Thread.setDefaultUncaughtExceptionHandler(
        new UncaughtFaults(visible, messages, Runtime.getRuntime()::halt));
    quietUnlessRunning(arguments);
    if (JournalStream.isConnected(
        System.getenv(JournalStream.VARIABLE), JournalStream.STANDARD_ERROR)) {
      System.setProperty(LOG_FORMAT, "journal");
    }
    Path folder = Path.of("").toAbsolutePath();
    return new Session(
        conf -> new LiveApplication(conf, Clock.systemUTC()),
        conf -> new LiveForceService(conf, Clock.systemUTC()),
        new LiveDemoService(Clock.systemUTC()),
        terminal,
        reloads,
        Clock.system(ZoneId.systemDefault()),
        Backstop::pause,
        folder,
        Path.of(System.getProperty(HOME, folder.toString())));
  }

  /** Runs the command and returns the exit code. */
  static int execute(Session session, String... arguments) {
    for (String argument : arguments) {
      if (argument.indexOf(Session.UNDECODED) >= 0) {
        // It would be stored or searched as another text than was typed.
        session
            .terminal()
            .say(
                "backstop: "
                    + Cell.of("'" + argument + "'").text()
                    + " can't be decoded in the charset of the locale; use a UTF-8 locale");
        return ExitCode.USAGE.code();
      }
    }
    return session.terminal().end(commands(session, arguments).execute(withoutHelpVerb(arguments)));
  }

  /** Replaces {@code help VERB} with {@code VERB --help}. */
  private static String[] withoutHelpVerb(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("help")) {
      return arguments;
    }
    String[] asked = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
    asked[asked.length - 1] = "--help";
    return asked;
  }

  /** Builds the command line, with the verb that was typed alone where it is one. */
  private static CommandLine commands(Session session, String... arguments) {
    Function<Session, Verb> typed = arguments.length == 0 ? null : VERBS.get(arguments[0]);
    boolean isOfAll = typed == null || arguments[0].equals(COMPLETION);
    return commands(session, isOfAll ? VERBS.values() : List.of(typed));
  }

  /** Builds the command line with all verbs. */
  static CommandLine commands(Session session) {
    return commands(session, VERBS.values());
  }

  private static CommandLine commands(Session session, Collection<Function<Session, Verb>> verbs) {
    CommandLine commands = new CommandLine(new RootCommand(session));
    verbs.forEach(verb -> commands.addSubcommand(verb.apply(session)));
    Terminal terminal = session.terminal();
    Failures failures = new Failures(terminal);
    Converters.register(commands, session.clock().getZone());
    return commands
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(colours(terminal))
        .setParameterExceptionHandler((mistake, given) -> failures.usage(mistake))
        .setExecutionExceptionHandler((failure, command, parsed) -> failures.execution(failure));
  }

  private static ColorScheme colours(Terminal terminal) {
    return CommandLine.Help.defaultColorScheme(terminal.coloursOut() ? Ansi.ON : Ansi.OFF);
  }

  /**
   * Keeps the daemon's log out of the output of the other verbs. The demo prints its own lines, and
   * a warning about its new store would only confuse.
   */
  private static void quietUnlessRunning(String[] arguments) {
    if (System.getenv(LOG_LEVEL) == null && !List.of(arguments).contains("run")) {
      System.setProperty(LOG_LEVEL, List.of(arguments).contains("demo") ? "ERROR" : "WARN");
    }
  }

  private static boolean pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
    return true;
  }
}
