package dev.backstop.bench;

import dev.backstop.cli.Backstop;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One of the processes of the benchmark. */
final class BenchProcess implements AutoCloseable {

  private static final Pattern FLAGS = Pattern.compile("^quick='([^']*)'", Pattern.MULTILINE);
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final Process process;
  private final Path output;

  private BenchProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a class of ours with these options of the JVM. */
  static BenchProcess start(
      Path folder, String name, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    return start(folder, name, options, System.getProperty("java.class.path"), main, arguments);
  }

  /**
   * Starts a verb of the program as it is shipped, without the tests; {@code run} with what {@code
   * BACKSTOP_JAVA_OPTS} adds, such as a recording for a profile.
   */
  static BenchProcess program(Path folder, List<String> options, String verb) throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    String conf = folder.resolve("conf").resolve("backstop.yaml").toString();
    List<String> all = new ArrayList<>(options);
    String further = System.getenv("BACKSTOP_JAVA_OPTS");
    if (verb.equals("run") && further != null && !further.isBlank()) {
      all.addAll(List.of(further.strip().split("\\s+")));
    }
    return start(folder, verb, all, classPath, Backstop.class, verb, "--conf", conf);
  }

  private static BenchProcess start(
      Path folder,
      String name,
      List<String> options,
      String classPath,
      Class<?> main,
      String... arguments)
      throws IOException {
    Path output = folder.resolve(name + ".out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("BENCH_PASSWORD", FleetProcess.PASSWORD);
    return new BenchProcess(builder.start(), output);
  }

  /** Returns the options with which {@code bin/backstop} starts the JVM. */
  static List<String> shippedOptions() throws IOException {
    Matcher flags = FLAGS.matcher(Files.readString(Path.of("bin", "backstop")));
    if (!flags.find()) {
      throw new IllegalStateException("bin/backstop has no line quick='...'");
    }
    return List.of(flags.group(1).split(" "));
  }

  /** Returns the lines that it wrote. */
  List<String> lines() throws IOException {
    return Files.readAllLines(output);
  }

  /** Waits until so many lines are there, and returns them. */
  List<String> awaitLines(int count) throws IOException, InterruptedException {
    List<String> lines = lines();
    while (lines.size() < count) {
      requireAlive();
      Thread.sleep(100);
      lines = lines();
    }
    return lines;
  }

  /** Returns the first group of a pattern in what it wrote, once it is there. */
  String awaitMatch(Pattern pattern) throws IOException, InterruptedException {
    Matcher matcher = pattern.matcher(Files.readString(output));
    while (!matcher.find()) {
      requireAlive();
      Thread.sleep(100);
      matcher = pattern.matcher(Files.readString(output));
    }
    return matcher.group(1);
  }

  private void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("it has ended:\n" + Files.readString(output));
    }
  }

  /** Waits for its end and returns its last line. */
  String lastLine() throws IOException, InterruptedException {
    process.waitFor();
    List<String> lines = lines();
    return lines.get(lines.size() - 1);
  }

  /** Returns the CPU time that it has used. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Returns its resident memory in megabytes. */
  long residentMegabytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    Matcher resident = RESIDENT.matcher(Files.readString(status));
    return resident.find() ? Long.parseLong(resident.group(1)) / 1024 : 0;
  }

  @Override
  public void close() {
    end();
  }

  /** Ends the process, so that it takes nothing from what is measured next. */
  void end() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
