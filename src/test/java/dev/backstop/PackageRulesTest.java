package dev.backstop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Asserts which package may depend on which, and which library lives where. */
class PackageRulesTest {

  private static final String ROOT = "dev.backstop.";

  private static final Path CLASS_FOLDER = Path.of("target", "classes");
  private static final JavaClasses CLASSES = read();

  /** Reads our own classes only: a rule about a library needs its name, not its byte code. */
  private static JavaClasses read() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.backstop");
  }

  /** What each package may depend on, besides itself and the JDK; lower packages first. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("timeline", Set.of()),
          Map.entry("observation", Set.of()),
          Map.entry("policy", Set.of("observation", "timeline")),
          Map.entry("text", Set.of()),
          Map.entry("json", Set.of("text")),
          Map.entry("config", Set.of("observation", "policy", "plan", "text", "json")),
          Map.entry("plan", Set.of("observation", "policy", "timeline", "text")),
          Map.entry("state", Set.of("observation", "policy", "plan", "timeline")),
          Map.entry("listener", Set.of("observation", "policy", "plan", "state")),
          Map.entry(
              "registry", Set.of("observation", "policy", "plan", "timeline", "state", "listener")),
          Map.entry("supervision", Set.of()),
          Map.entry(
              "reconcile",
              Set.of(
                  "observation",
                  "policy",
                  "plan",
                  "timeline",
                  "state",
                  "listener",
                  "registry",
                  "supervision",
                  "text")),
          Map.entry("folder", Set.of("observation", "policy", "config", "timeline", "registry")),
          Map.entry("secret", Set.of("config", "supervision")),
          Map.entry("jdbc", Set.of("config", "secret")),
          Map.entry(
              "oceanbase",
              Set.of("observation", "plan", "config", "timeline", "state", "reconcile", "jdbc")),
          Map.entry(
              "store",
              Set.of(
                  "observation", "policy", "plan", "config", "timeline", "state", "jdbc", "json")),
          Map.entry("schedule", Set.of("policy", "reconcile")),
          Map.entry(
              "metrics",
              Set.of("observation", "policy", "plan", "state", "listener", "reconcile", "text")),
          Map.entry(
              "status", Set.of("observation", "policy", "plan", "state", "listener", "reconcile")),
          Map.entry(
              "notification",
              Set.of(
                  "observation",
                  "policy",
                  "config",
                  "plan",
                  "state",
                  "listener",
                  "supervision",
                  "secret",
                  "json",
                  "text")),
          Map.entry("http", Set.of("text")),
          Map.entry("simulator", Set.of()),
          Map.entry(
              "daemon",
              Set.of(
                  "observation",
                  "policy",
                  "config",
                  "plan",
                  "timeline",
                  "state",
                  "listener",
                  "registry",
                  "supervision",
                  "reconcile",
                  "folder",
                  "jdbc",
                  "json",
                  "oceanbase",
                  "store",
                  "schedule",
                  "metrics",
                  "status",
                  "notification",
                  "http",
                  "text")),
          Map.entry(
              "command",
              Set.of(
                  "notification",
                  "observation",
                  "policy",
                  "config",
                  "plan",
                  "timeline",
                  "state",
                  "listener",
                  "registry",
                  "supervision",
                  "reconcile",
                  "folder",
                  "oceanbase",
                  "store",
                  "schedule",
                  "text",
                  "daemon")),
          Map.entry(
              "demo",
              Set.of(
                  "observation",
                  "listener",
                  "plan",
                  "state",
                  "text",
                  "daemon",
                  "command",
                  "simulator")),
          Map.entry(
              "force",
              Set.of(
                  "observation",
                  "policy",
                  "config",
                  "plan",
                  "timeline",
                  "state",
                  "reconcile",
                  "oceanbase",
                  "store",
                  "text",
                  "daemon",
                  "command")),
          Map.entry(
              "cli",
              Set.of(
                  "config",
                  "observation",
                  "policy",
                  "plan",
                  "state",
                  "status",
                  "json",
                  "text",
                  "daemon",
                  "command",
                  "force",
                  "demo")));

  /** Which library lives in which package. */
  private static final Map<String, String> LIVES_IN =
      Map.of(
          "org.yaml.snakeyaml", "config",
          "org.quartz", "schedule",
          "com.zaxxer.hikari", "jdbc",
          "com.mysql", "jdbc",
          "org.sqlite", "jdbc",
          "ch.qos.logback", "listener",
          "com.fasterxml.jackson", "json",
          "com.codahale.metrics", "metrics",
          "picocli", "cli");

  private static final Set<String> PURE = Set.of("observation", "policy", "plan");

  static Set<String> packages() {
    return new TreeSet<>(
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT))
            .map(PackageRulesTest::packageOf)
            .collect(Collectors.toSet()));
  }

  @Test
  void everyPackageHasItsRule() {
    assertThat(MAY_USE.keySet()).containsAll(packages());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packageDependsOnlyOnWhatItMay(String name) {
    Set<String> known = MAY_USE.getOrDefault(name, Set.of());
    noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat(
            describe(
                "packages that " + name + " may not depend on",
                other ->
                    other.getPackageName().startsWith(ROOT)
                        && !packageOf(other.getPackageName()).equals(name)
                        && !known.contains(packageOf(other.getPackageName()))))
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void libraryLivesInOnePackage(String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + LIVES_IN.get(library) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  static Set<String> libraries() {
    return new TreeSet<>(LIVES_IN.keySet());
  }

  @Test
  void purePackagesUseOnlyTheJdk_andNoClockThreadOrRandomness() {
    noClasses()
        .that(describe("pure packages", type -> PURE.contains(packageOf(type.getPackageName()))))
        .should()
        .dependOnClassesThat(
            describe(
                "libraries, clocks, threads, randomness, files and sockets",
                other ->
                    !(other.getPackageName().startsWith(ROOT)
                            || other.getPackageName().startsWith("java.")
                            || other.getPackageName().isEmpty()
                            || other.getPackageName().startsWith("org.jspecify"))
                        || other.getName().equals("java.time.Clock")
                        || other.getName().equals("java.lang.Thread")
                        || other.getName().equals("java.util.Random")
                        || other.getPackageName().startsWith("java.net")
                        || other.getPackageName().startsWith("java.sql")
                        || other.getPackageName().startsWith("java.io")))
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    SlicesRuleDefinition.slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({"force, cli", "demo, cli", "simulator, demo"})
  void onlyOneMayUse(String name, String only) {
    assertThat(MAY_USE.entrySet().stream().filter(entry -> entry.getValue().contains(name)))
        .extracting(Map.Entry::getKey)
        .containsExactly(only);
  }

  @Test
  void simulatorUsesNothingOfOurs() {
    assertThat(MAY_USE.get("simulator")).isEmpty();
  }

  /** What the daemon is made of, with all that it can reach, holds no class of the forced end. */
  @Test
  void daemonCanNotReachTheForcedEnd() {
    Set<JavaClass> reached = new HashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>();
    CLASSES.stream()
        .filter(type -> !Set.of("cli", "force").contains(packageOf(type.getPackageName())))
        .forEach(open::add);
    while (!open.isEmpty()) {
      JavaClass type = open.pop();
      if (reached.add(type)) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> target.getPackageName().startsWith(ROOT))
            .forEach(open::add);
      }
    }
    assertThat(reached).anyMatch(type -> type.getSimpleName().equals("Daemon"));
    assertThat(reached).noneMatch(type -> packageOf(type.getPackageName()).equals("force"));
  }

  /** Only a store hands out force permits; only the forced end asks for one and sends by it. */
  @Test
  void forcePermitsAreForTheForcedEndAlone() {
    assertThat(makingForcePermits("store").evaluate(CLASSES).hasViolation()).isFalse();
    assertThat(makingForcePermits().evaluate(CLASSES).hasViolation()).isTrue();
    assertThat(usingForcePermits("force", "store").evaluate(CLASSES).hasViolation()).isFalse();
    assertThat(usingForcePermits("store").evaluate(CLASSES).hasViolation()).isTrue();
  }

  private static ArchRule makingForcePermits(String... allowed) {
    return noClasses()
        .that(describe("others", type -> !isIn(type, allowed)))
        .should()
        .callConstructorWhere(
            describeCall("a force permit is made", call -> isOwner(call, "state.ForcePermit")));
  }

  private static ArchRule usingForcePermits(String... allowed) {
    return noClasses()
        .that(describe("others", type -> !isIn(type, allowed)))
        .should()
        .callCodeUnitWhere(
            describeCall(
                "force permits are asked for, or sent",
                call ->
                    !packageOf(call.getOriginOwner().getPackageName())
                            .equals(packageOf(call.getTargetOwner().getPackageName()))
                        && (isOwner(call, "state.ForcePermitRequest")
                            || isOwner(call, "state.ForcePermits")
                            || isOwner(call, "oceanbase.ForceSession")
                            || call.getName().equals("forcePermits"))));
  }

  @Test
  void statementsThatActAreFour_andTheLastOneIsConfined() throws IOException {
    Map<String, Set<String>> forced = new TreeMap<>();
    Map<String, Set<String>> statements = new TreeMap<>();
    for (Path file : classFiles()) {
      String name = CLASS_FOLDER.relativize(file).toString().replace(File.separatorChar, '.');
      String owner = packageOf(name.substring(0, name.lastIndexOf('.', name.length() - 7)));
      for (String constant : constants(file)) {
        if (constant.contains("CANCEL ALL BACKUP FORCE")) {
          forced.computeIfAbsent(owner, key -> new TreeSet<>()).add(constant);
        }
        if (constant.startsWith("ALTER SYSTEM ") && !owner.equals("simulator")) {
          statements.computeIfAbsent(constant, key -> new TreeSet<>()).add(owner);
        }
      }
    }
    forced.remove("simulator");
    assertThat(forced)
        .containsExactly(Map.entry("force", Set.of("ALTER SYSTEM CANCEL ALL BACKUP FORCE")));
    assertThat(statements)
        .containsExactly(
            Map.entry("ALTER SYSTEM CANCEL ALL BACKUP FORCE", Set.of("force")),
            Map.entry("ALTER SYSTEM CANCEL BACKUP BACKUPPIECE", Set.of("plan")),
            Map.entry("ALTER SYSTEM CANCEL BACKUP BACKUPSET", Set.of("plan")),
            Map.entry("ALTER SYSTEM STOP BACKUP ARCHIVELOG", Set.of("plan")));
  }

  private static List<Path> classFiles() throws IOException {
    try (Stream<Path> files = Files.walk(CLASS_FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  /** Reads the texts of a class file's constant pool (JVM specification, 4.4). */
  private static List<String> constants(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(8);
      int count = in.readUnsignedShort();
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts.add(in.readUTF());
          case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
          case 5, 6 -> {
            in.skipNBytes(8);
            i++;
          }
          case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          default -> throw new IOException(file + " has a constant with tag " + tag);
        }
      }
    }
    return texts;
  }

  private static boolean isIn(JavaClass type, String... packages) {
    return Set.of(packages).contains(packageOf(type.getPackageName()));
  }

  private static boolean isOwner(JavaCall<?> call, String name) {
    return call.getTargetOwner().getName().equals(ROOT + name);
  }

  private static DescribedPredicate<JavaCall<?>> describeCall(
      String words, java.util.function.Predicate<JavaCall<?>> test) {
    return DescribedPredicate.describe(words, test);
  }

  private static String packageOf(String packageName) {
    if (packageName.length() <= ROOT.length()) {
      return "";
    }
    String rest = packageName.substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  private static DescribedPredicate<JavaClass> describe(
      String words, java.util.function.Predicate<JavaClass> test) {
    return DescribedPredicate.describe(words, test);
  }
}
