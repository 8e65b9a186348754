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
import org.junit.jupiter.params.provider.MethodSource;

/** Asserts which room may know which, and which library lives where. */
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

  /** What each room may know, besides itself and the JDK. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("observation", Set.of()),
          Map.entry("policy", Set.of("observation")),
          Map.entry("settings", Set.of("policy")),
          Map.entry("plan", Set.of("policy", "observation")),
          Map.entry("reconcile", Set.of("plan", "policy", "observation")),
          Map.entry("policyfile", Set.of("reconcile", "policy", "observation", "settings")),
          Map.entry("oceanbase", Set.of("reconcile", "plan", "observation", "settings", "jdbc")),
          Map.entry(
              "force",
              Set.of(
                  "observation",
                  "policy",
                  "settings",
                  "plan",
                  "reconcile",
                  "oceanbase",
                  "jdbc",
                  "store",
                  "app")),
          Map.entry("jdbc", Set.of("settings")),
          Map.entry("json", Set.of("text")),
          Map.entry("text", Set.of()),
          Map.entry(
              "store",
              Set.of("reconcile", "plan", "policy", "observation", "settings", "jdbc", "json")),
          Map.entry("metrics", Set.of("text", "reconcile", "plan", "policy", "observation")),
          Map.entry("status", Set.of("reconcile", "plan", "policy", "observation")),
          Map.entry("schedule", Set.of("reconcile", "policy")),
          Map.entry("http", Set.of("text")),
          Map.entry("simulator", Set.of()),
          Map.entry(
              "app",
              Set.of(
                  "observation",
                  "policy",
                  "settings",
                  "plan",
                  "reconcile",
                  "policyfile",
                  "oceanbase",
                  "jdbc",
                  "json",
                  "store",
                  "metrics",
                  "status",
                  "schedule",
                  "http",
                  "simulator")),
          Map.entry(
              "cli",
              Set.of(
                  "observation",
                  "policy",
                  "settings",
                  "plan",
                  "reconcile",
                  "policyfile",
                  "json",
                  "text",
                  "status",
                  "app",
                  "force",
                  "simulator")));

  /** Which library lives in which room. */
  static final Map<String, String> LIVES_IN =
      Map.of(
          "org.yaml.snakeyaml", "policyfile",
          "org.quartz", "schedule",
          "com.zaxxer.hikari", "jdbc",
          "com.mysql", "jdbc",
          "org.sqlite", "jdbc",
          "com.fasterxml.jackson", "json",
          "com.codahale.metrics", "metrics",
          "picocli", "cli",
          "org.h2", "simulator");

  private static final Set<String> PURE = Set.of("observation", "policy", "plan", "settings");

  static Set<String> rooms() {
    return new TreeSet<>(
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT))
            .map(PackageRulesTest::room)
            .collect(Collectors.toSet()));
  }

  @Test
  void everyRoomHasItsRule() {
    assertThat(MAY_KNOW.keySet()).containsAll(rooms());
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void roomKnowsOnlyWhatItMay(String room) {
    Set<String> known = MAY_KNOW.getOrDefault(room, Set.of());
    noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat(
            describe(
                "rooms that " + room + " may not know",
                other ->
                    other.getPackageName().startsWith(ROOT)
                        && !room(other.getPackageName()).equals(room)
                        && !known.contains(room(other.getPackageName()))))
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void libraryLivesInOneRoom(String library) {
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
  void pureRoomsKnowOnlyTheJdkAndNoClockThreadOrRandomness() {
    noClasses()
        .that(describe("pure rooms", type -> PURE.contains(room(type.getPackageName()))))
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
  void roomsFormNoCycle() {
    SlicesRuleDefinition.slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheCommandLineKnowsTheForcedEnd() {
    assertThat(MAY_KNOW)
        .allSatisfy(
            (room, known) -> {
              if (!room.equals("cli")) {
                assertThat(known).as(room).doesNotContain("force");
              }
            });
  }

  /** What the daemon is made of, with all that it can reach, holds no class of that room. */
  @Test
  void daemonCanNotReachTheForcedEnd() {
    Set<JavaClass> reached = new HashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>();
    CLASSES.stream()
        .filter(type -> !Set.of("cli", "force").contains(room(type.getPackageName())))
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
    assertThat(reached).noneMatch(type -> room(type.getPackageName()).equals("force"));
  }

  /** Only a store hands out warrants; only that room asks for one and sends it. */
  @Test
  void warrantsAreForTheForcedEndAlone() {
    assertThat(makingWarrants("store").evaluate(CLASSES).hasViolation()).isFalse();
    assertThat(makingWarrants().evaluate(CLASSES).hasViolation()).isTrue();
    assertThat(usingWarrants("force", "store").evaluate(CLASSES).hasViolation()).isFalse();
    assertThat(usingWarrants("store").evaluate(CLASSES).hasViolation()).isTrue();
  }

  private static ArchRule makingWarrants(String... allowed) {
    return noClasses()
        .that(describe("others", type -> !isIn(type, allowed)))
        .should()
        .callConstructorWhere(
            describeCall("a warrant is made", call -> isOwner(call, "reconcile.Warrant")));
  }

  private static ArchRule usingWarrants(String... allowed) {
    return noClasses()
        .that(describe("others", type -> !isIn(type, allowed)))
        .should()
        .callCodeUnitWhere(
            describeCall(
                "warrants are asked for, or sent",
                call ->
                    !room(call.getOriginOwner().getPackageName())
                            .equals(room(call.getTargetOwner().getPackageName()))
                        && (isOwner(call, "reconcile.WarrantRequest")
                            || isOwner(call, "reconcile.Warrants")
                            || isOwner(call, "oceanbase.ActingSession")
                            || call.getName().equals("warrants"))));
  }

  @Test
  void statementsThatActAreFour_andTheLastOneIsConfined() throws IOException {
    Map<String, Set<String>> rooms = new TreeMap<>();
    Map<String, Set<String>> statements = new TreeMap<>();
    for (Path file : classFiles()) {
      String name = CLASS_FOLDER.relativize(file).toString().replace(File.separatorChar, '.');
      String room = room(name.substring(0, name.lastIndexOf('.', name.length() - 7)));
      for (String constant : constants(file)) {
        if (constant.contains("CANCEL ALL BACKUP FORCE")) {
          rooms.computeIfAbsent(room, key -> new TreeSet<>()).add(constant);
        }
        if (constant.startsWith("ALTER SYSTEM ") && !room.equals("simulator")) {
          statements.computeIfAbsent(constant, key -> new TreeSet<>()).add(room);
        }
      }
    }
    rooms.remove("simulator");
    assertThat(rooms)
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

  private static boolean isIn(JavaClass type, String... rooms) {
    return Set.of(rooms).contains(room(type.getPackageName()));
  }

  private static boolean isOwner(JavaCall<?> call, String name) {
    return call.getTargetOwner().getName().equals(ROOT + name);
  }

  private static DescribedPredicate<JavaCall<?>> describeCall(
      String words, java.util.function.Predicate<JavaCall<?>> test) {
    return DescribedPredicate.describe(words, test);
  }

  private static String room(String packageName) {
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
