package dev.backstop.endtoend;

import dev.backstop.cli.Batch;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Where verbs are typed: by whom, with which variables, files and streams. */
final class Environment {

  /** What one verb came to. */
  record Result(int code, String text) {}

  private final Path folder;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final List<String> options = new ArrayList<>();
  private List<String> prefix = List.of();
  private Charset charset = StandardCharsets.UTF_8;
  private Path classes = Path.of("");

  Environment(Path folder) {
    this.folder = folder;
    variables.put("LC_ALL", "C.UTF-8");
  }

  Environment with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  Environment without(String variable) {
    variables.put(variable, null);
    return this;
  }

  /** Writes and reads as a locale does. */
  Environment in(Charset other) {
    charset = other;
    return this;
  }

  Environment option(String option) {
    options.add(option);
    return this;
  }

  /** Runs it by another program, such as a shell that redirects a stream. */
  Environment by(String... program) {
    prefix = List.of(program);
    return this;
  }

  /** Runs it from copies that every user may read. */
  Environment from(Path copies) {
    classes = copies;
    return this;
  }

  /** Types the verbs one after the other in one process. */
  List<Result> typeAll(List<List<String>> verbs) {
    Path codes = folder.resolve("codes");
    String typed =
        verbs.stream().map(words -> String.join("\t", words) + "\n").collect(Collectors.joining());
    Run run = run("dev.backstop.cli.Batch", List.of(codes.toString()), typed);
    List<String> out = Batch.split(run.out());
    List<String> err = Batch.split(run.err());
    List<Result> results = new ArrayList<>();
    try {
      List<String> all = Files.readAllLines(codes);
      for (int i = 0; i < verbs.size(); i++) {
        String text = (i < out.size() ? out.get(i) : "") + (i < err.size() ? err.get(i) : "");
        results.add(new Result(Integer.parseInt(all.get(i)), text));
      }
      return results;
    } catch (IOException e) {
      throw new UncheckedIOException(run.out() + run.err(), e);
    }
  }

  /** Types one verb in a process of its own. */
  Result type(List<String> verb) {
    Run run = run("dev.backstop.cli.Backstop", verb, "");
    return new Result(run.code(), run.out() + run.err());
  }

  private record Run(int code, String out, String err) {}

  private Run run(String program, List<String> arguments, String input) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), program));
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile("backstop-", ".out");
      Path err = Files.createTempFile("backstop-", ".err");
      Path in = Files.writeString(Files.createTempFile("backstop-", ".in"), input);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      variables.forEach(
          (name, value) -> {
            if (value == null) {
              builder.environment().remove(name);
            } else {
              builder.environment().put(name, value);
            }
          });
      Process process = builder.start();
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end: " + command);
      }
      Run run = new Run(process.exitValue(), read(out), read(err));
      for (Path file : List.of(out, err, in)) {
        Files.delete(file);
      }
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), charset);
  }

  private String classPath() {
    return entries().stream()
        .map(entry -> classes.toString().isEmpty() ? entry : copy(classes, entry))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(Files::exists)
        .toList();
  }

  private static Path copy(Path to, Path entry) {
    return to.resolve(entries().indexOf(entry) + "-" + entry.getFileName());
  }

  /** Copies all that a process needs to where every user may read it. */
  static Path copyClasses(Path to) throws IOException, InterruptedException {
    Files.createDirectories(to);
    for (Path entry : entries()) {
      new ProcessBuilder("cp", "-r", entry.toString(), copy(to, entry).toString())
          .inheritIO()
          .start()
          .waitFor();
    }
    new ProcessBuilder("chmod", "-R", "a+rX", to.toString()).start().waitFor();
    return to;
  }
}
