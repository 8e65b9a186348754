package dev.backstop.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the processes of the benchmark. */
final class BenchProcess implements AutoCloseable {

  private final Process process;
  private final Path output;

  private BenchProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a class of the benchmark with these options of the JVM. */
  static BenchProcess start(
      Path folder, String name, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    return start(folder, name, command);
  }

  /** Starts a verb of the program as its launcher does. */
  static BenchProcess program(Path home, Path folder, String verb, String... arguments)
      throws IOException {
    return start(folder, verb, command(home, folder, verb, arguments));
  }

  /** Returns the words that start a verb of the program. */
  static List<String> command(Path home, Path folder, String verb, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("backstop").toAbsolutePath().toString());
    command.add(verb);
    command.add("--conf");
    command.add(folder.resolve("conf").resolve("backstop.yaml").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts a command; what it writes goes to a file of that name. */
  static BenchProcess start(Path folder, String name, List<String> command) throws IOException {
    Path output = folder.resolve(name + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("BENCH_PASSWORD", FleetProcess.PASSWORD);
    return new BenchProcess(builder.start(), output);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Returns the options of the JVM that a program which runs was started with. */
  List<String> options() throws IOException {
    String line = Files.readString(proc("cmdline"), StandardCharsets.UTF_8);
    return Arrays.stream(line.split("\0"))
        .takeWhile(word -> !word.equals("-cp"))
        .filter(word -> word.startsWith("-X"))
        .filter(word -> !word.startsWith("-XX:SharedArchiveFile"))
        .filter(word -> !word.startsWith("-XX:StartFlightRecording"))
        .toList();
  }

  /** Writes a line to its standard input. */
  void say(String line) throws IOException {
    Writer input = process.outputWriter(StandardCharsets.US_ASCII);
    input.write(line + "\n");
    input.flush();
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
      Thread.sleep(20);
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
    if (lines.isEmpty()) {
      throw new IllegalStateException("it wrote nothing");
    }
    return lines.get(lines.size() - 1);
  }

  /** Returns the CPU time that it has used. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Returns its resident memory in megabytes. */
  long residentMegabytes() throws IOException {
    return statusNumber("VmRSS") / 1024;
  }

  /** Returns how many threads it has. */
  long threads() throws IOException {
    return statusNumber("Threads");
  }

  /** Returns how many files and sockets it has open. */
  long descriptors() throws IOException {
    try (var all = Files.list(proc("fd"))) {
      return all.count();
    }
  }

  private long statusNumber(String name) throws IOException {
    Matcher number =
        Pattern.compile(name + ":\\s+(\\d+)").matcher(Files.readString(proc("status")));
    return number.find() ? Long.parseLong(number.group(1)) : 0;
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
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
