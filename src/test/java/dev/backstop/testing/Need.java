package dev.backstop.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What some tests need beyond a JDK and Maven; {@code .ci/run} installs all of it. */
public enum Need {
  KERNEL("the OceanBase kernel", kernelInstall()),
  MARIADB_SERVER("MariaDB's server", "apt-get install -y mariadb-server"),
  MARIADB_CLIENT("the mariadb client", "apt-get install -y mariadb-client"),
  PROMTOOL("promtool", "apt-get install -y prometheus"),
  PROMETHEUS("Prometheus", "apt-get install -y prometheus"),
  YAML_LANGUAGE_SERVER("yaml-language-server with Node 18 or later", languageServerInstall()),
  CHROMIUM("Chromium with its driver", "apt-get install -y chromium chromium-driver"),
  SYSTEMD_ANALYZE("systemd-analyze", "apt-get install -y systemd"),
  LOCALES("the sources of locales", "apt-get install -y locales"),
  PYTHON("python3", "apt-get install -y python3"),
  ROOT("the rights of root", "run it as root"),
  MOUNTS("the right to mount", "run it as root, where mounts are allowed"),
  ONLINE_BUILD("the bill of materials, which Maven leaves out offline", "run mvn without -o");

  /** Names the variable that says which Python has the kernel. */
  public static final String KERNEL_PYTHON = "BACKSTOP_KERNEL_PYTHON";

  private static final Map<String, String> ENVIRONMENT = System.getenv();

  private final String what;
  private final String install;

  Need(String what, String install) {
    this.what = what;
    this.install = install;
  }

  private static String languageServerInstall() {
    String place = cached(System.getenv(), "editors").toString();
    return "mkdir -p "
        + place
        + " && cp src/test/editors/package*.json "
        + place
        + " && npm --prefix "
        + place
        + " ci --ignore-scripts";
  }

  private static String kernelInstall() {
    String place = kernelFolder(System.getenv()).toString();
    return "python3 -m venv " + place + " && " + place + "/bin/pip install pylibseekdb==1.2.0";
  }

  /** Returns where the kernel's virtual environment lies unless a variable names its Python. */
  static Path kernelFolder(Map<String, String> environment) {
    return cached(environment, "kernel");
  }

  private static Path cached(Map<String, String> environment, String name) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        cache.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/root"), ".cache")
            : Path.of(cache);
    return base.resolve("backstop").resolve(name);
  }

  /** Returns where its main program lies on this machine; empty where it is absent. */
  public Optional<Path> find() {
    return switch (this) {
      case KERNEL -> Optional.of(kernelPython()).filter(Files::isExecutable);
      case MARIADB_SERVER -> onPath("mariadbd");
      case MARIADB_CLIENT -> onPath("mariadb");
      case PROMTOOL -> onPath("promtool");
      case PROMETHEUS -> onPath("prometheus");
      case YAML_LANGUAGE_SERVER ->
          onPath("node").map(any -> languageServer()).filter(Files::isExecutable);
      case CHROMIUM -> onPath("chromedriver").filter(any -> onPath("chromium").isPresent());
      case SYSTEMD_ANALYZE -> onPath("systemd-analyze");
      case PYTHON -> onPath("python3");
      case MOUNTS -> Optional.of(Path.of("/proc/self/status")).filter(Need::mayMount);
      case ONLINE_BUILD ->
          Optional.of(Path.of("target")).filter(any -> !Boolean.getBoolean("backstop.offline"));
      case LOCALES ->
          onPath("localedef").filter(any -> Files.exists(Path.of("/usr/share/i18n/locales/th_TH")));
      case ROOT -> Optional.of(Path.of("/root")).filter(Files::isWritable);
    };
  }

  /**
   * Returns where its main program lies.
   *
   * @throws IllegalStateException where it is absent
   */
  public Path require() {
    return find().orElseThrow(() -> new IllegalStateException(missing()));
  }

  private static Path languageServer() {
    return cached(ENVIRONMENT, "editors")
        .resolve("node_modules/yaml-language-server/bin/yaml-language-server");
  }

  private static Path kernelPython() {
    String named = ENVIRONMENT.getOrDefault(KERNEL_PYTHON, "");
    return named.isEmpty()
        ? kernelFolder(ENVIRONMENT).resolve("bin").resolve("python")
        : Path.of(named);
  }

  /** Reads whether the process has the capability CAP_SYS_ADMIN, bit 21. */
  private static boolean mayMount(Path status) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("CapEff:"))
          .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(capabilities -> (capabilities >> 21 & 1) == 1);
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns where a program lies, in the folders of system services too. */
  public static Optional<Path> onPath(String program) {
    Stream<String> path = Arrays.stream(ENVIRONMENT.getOrDefault("PATH", "").split(":", -1));
    return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Goes on where it is there; else leaves out the rest of a test, as {@link Needs} does. For tests
   * of which some rows alone need it.
   */
  public void orSkip(Class<?> test) {
    NeedsCondition.require(this, test);
  }

  /** Returns the shell command that makes it present. */
  public String install() {
    return install;
  }

  /** Returns what is missing and what to type. */
  public String missing() {
    return "needs " + what + ": " + install;
  }
}
