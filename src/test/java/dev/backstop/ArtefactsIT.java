package dev.backstop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the jars that the build has made: the daemon's and the simulator's. */
class ArtefactsIT {

  private static final Path PROGRAM = Path.of("target", "backstop.jar");
  private static final Path LIBRARIES = Path.of("target", "lib");
  private static final Path SIMULATOR_LIBRARIES = LIBRARIES.resolve("simulator");
  private static final Path SIMULATOR = SIMULATOR_LIBRARIES.resolve("backstop-simulator.jar");

  @Test
  void daemonHasNoClassOfTheSimulator() throws IOException {
    Set<String> daemons = classes(PROGRAM);
    for (Path jar : jars(LIBRARIES)) {
      daemons.addAll(classes(jar));
    }
    assertThat(daemons).contains("dev/backstop/cli/Backstop.class", "org/sqlite/JDBC.class");
    assertThat(daemons).noneMatch(name -> name.startsWith("dev/backstop/simulator/"));
  }

  @Test
  void simulatorHasTheRest_andNothingOfTheDaemon() throws IOException {
    Set<String> all = new TreeSet<>(classes(PROGRAM));
    Set<String> simulators = classes(SIMULATOR);
    assertThat(simulators).allMatch(name -> name.startsWith("dev/backstop/simulator/"));
    all.addAll(simulators);
    assertThat(all).isEqualTo(compiled());
    assertThat(jars(SIMULATOR_LIBRARIES)).containsExactly(SIMULATOR);
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> compiled() throws IOException {
    Path folder = Path.of("target", "classes");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }
}
