package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program in a process of its own, with all that it wrote. */
final class Launched implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Opens a named pipe for reading, too, so that writing to it waits once it is full. */
  private static final String UNREAD = "mkfifo err.pipe; exec 3<>err.pipe; exec \"$@\" 2>err.pipe";

  private final Process process;
  private final Path out;
  private final Path err;

  private Launched(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it in a folder that holds {@code conf/}. */
  static Launched in(Path folder, Map<String, String> environment, String... arguments) {
    return start(folder, environment, List.of(), arguments);
  }

  /** Starts it where new files are everybody's unless the program says otherwise. */
  static Launched openHanded(Path folder, String... arguments) {
    return start(folder, Map.of(), List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"), arguments);
  }

  /** Starts the launcher that people type, which builds first where the jar is old. */
  static Launched binary(Path folder, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of("bin", "backstop").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    return start(folder, Map.of(), command);
  }

  /** Starts it with a standard error that nobody reads. */
  static Launched unread(Path folder, String... arguments) {
    return start(folder, Map.of(), List.of("sh", "-c", UNREAD, "sh"), arguments);
  }

  private static Launched start(
      Path folder, Map<String, String> environment, List<String> by, String... arguments) {
    List<String> command = new ArrayList<>(by);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath(),
            "dev.backstop.cli.Backstop"));
    command.addAll(List.of(arguments));
    return start(folder, environment, command);
  }

  private static Launched start(
      Path folder, Map<String, String> environment, List<String> command) {
    int number = NUMBER.incrementAndGet();
    Path out = folder.resolve("process-" + number + ".out");
    Path err = folder.resolve("process-" + number + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    try {
      return new Launched(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the tests add would silence the log. */
  private static String classPath() {
    try {
      Path tests =
          Path.of(Launched.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(entry -> !Path.of(entry).toAbsolutePath().equals(tests.toAbsolutePath()))
          .collect(Collectors.joining(File.pathSeparator));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what every user of the machine can see of it. */
  String commandLine() throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
  }

  /** Returns the number of the process, for a signal. */
  String commandPid() {
    return Long.toString(process.pid());
  }

  /** Asks it to read its configuration again. */
  void hangUp() throws IOException {
    new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
  }

  /** Returns whether a thread of this name runs, as far as the system keeps names. */
  boolean hasThread(String name) throws IOException {
    Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    try (Stream<Path> all = Files.list(tasks)) {
      for (Path task : all.toList()) {
        if (Files.readString(task.resolve("comm")).strip().equals(name)) {
          return true;
        }
      }
    } catch (NoSuchFileException ended) {
      return false;
    }
    return false;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Ends it as {@code kill} does and returns its exit code. */
  int terminate() {
    process.destroy();
    return awaitEnd();
  }

  int awaitEnd() {
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("%s\n%s", out(), err()).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
