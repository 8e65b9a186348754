package dev.backstop.trials;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The program in a process of its own. */
final class DaemonProcess implements AutoCloseable {

  /** What a command begins with that runs as a user without rights. */
  static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--clear-groups");

  static final String NOT_AS_NOBODY =
      "only root with setpriv, and a program that others can read, can be started as somebody else";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Pattern PAGES = Pattern.compile("pages on (http://\\S+)");

  private final Process process;
  private final Path err;

  private DaemonProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
  }

  /**
   * Starts it.
   *
   * @param folder holds {@code conf/}
   * @param before what the command begins with, such as {@code faketime}'s or {@code setpriv}'s
   */
  static DaemonProcess start(
      Path folder,
      List<String> before,
      Map<String, String> environment,
      List<String> options,
      String... arguments) {
    Path err = folder.resolve("process-" + NUMBER.incrementAndGet() + ".err");
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    String archive = System.getProperty("backstop.trials.archive", "");
    if (!archive.isEmpty()) {
      command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable"));
    }
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), "dev.backstop.cli.Backstop"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(err.toFile());
    builder.environment().putAll(environment);
    try {
      return new DaemonProcess(builder.start(), err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the command gave, or ours without the tests, which would silence the log. */
  private static String classPath() {
    String given = System.getProperty("backstop.trials.classpath", "");
    if (!given.isEmpty()) {
      return given;
    }
    try {
      Path tests =
          Path.of(DaemonProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .map(Path::toAbsolutePath)
          .filter(entry -> !entry.equals(tests.toAbsolutePath()))
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells whether a user without rights could read the program. */
  static boolean startsAsNobody() {
    List<String> command = new ArrayList<>(AS_NOBODY);
    command.addAll(List.of("test", "-r", firstOf(classPath())));
    return Shell.isThere("setpriv") && Shell.attempt(command.toArray(String[]::new)).code() == 0;
  }

  private static String firstOf(String path) {
    int end = path.indexOf(File.pathSeparatorChar);
    return end < 0 ? path : path.substring(0, end);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Returns all that it wrote. */
  String output() {
    try {
      return Files.readString(err, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts the lines of its log at level ERROR. */
  long errors() {
    return output().lines().filter(line -> line.contains(" ERROR ")).count();
  }

  /** Returns where its pages are; empty before it says so. */
  String address() {
    Matcher matcher = PAGES.matcher(output());
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Ends it as {@code kill} does. */
  int terminate() {
    process.destroy();
    return awaitEnd();
  }

  int awaitEnd() {
    try {
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        throw new IllegalStateException("it does not end:\n" + output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  void signal(String name) {
    Shell.run("kill", "-" + name, Long.toString(pid()));
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroyForcibly();
      awaitEnd();
    }
  }
}
