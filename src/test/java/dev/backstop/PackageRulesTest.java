package dev.backstop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asserts which room may know which, and which library lives where. */
class PackageRulesTest {

  private static final String ROOT = "dev.backstop.";

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
          Map.entry("jdbc", Set.of("settings")),
          Map.entry("json", Set.of()),
          Map.entry(
              "store",
              Set.of("reconcile", "plan", "policy", "observation", "settings", "jdbc", "json")),
          Map.entry("metrics", Set.of("reconcile", "plan", "policy", "observation")),
          Map.entry("status", Set.of("reconcile", "plan", "policy", "observation")),
          Map.entry("schedule", Set.of("reconcile", "policy")),
          Map.entry("http", Set.of()),
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
                  "status",
                  "app",
                  "simulator")));

  /** Which library lives in which room. */
  private static final Map<String, String> LIVES_IN =
      Map.of(
          "org.yaml.snakeyaml", "policyfile",
          "org.quartz", "schedule",
          "com.zaxxer.hikari", "jdbc",
          "com.mysql", "jdbc",
          "org.sqlite", "jdbc",
          "com.fasterxml.jackson", "json",
          "com.codahale.metrics", "metrics",
          "picocli", "cli",
          "com.sun.net.httpserver", "http",
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
