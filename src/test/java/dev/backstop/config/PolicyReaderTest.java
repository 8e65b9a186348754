package dev.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.observation.Kind;
import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.DestinationPattern;
import dev.backstop.policy.Limits;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.Policy;
import dev.backstop.policy.Schedule;
import dev.backstop.policy.TenantRef;
import dev.backstop.policy.WhenWindowCloses;
import dev.backstop.policy.WindowEntry;
import dev.backstop.schedule.CronExpressions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("UTC");

  private static final PolicyReader READER =
      new PolicyReader(
          new PolicyDefaults(Duration.ofSeconds(30), ZONE, Set.of("hz-prod", "bj-prod")),
          CronExpressions::problem);

  private static final String FULL =
      """
      name: pay-log            # identity
      cluster: hz-prod
      tenants: [1001, pay]
      secondaryBackup: {data: on, log: off}
      mode: observe
      schedule: "0/30 * * * * ?"
      timezone: Asia/Shanghai
      onDelete: hold
      verifyWithin: 1h
      """;

  private static PolicyReading read(String text) {
    return READER.read("hz.yaml", text.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private static List<String> problems(PolicyReading reading) {
    return reading.problems().stream().map(Problem::withoutFile).toList();
  }

  @Test
  void everyKeyReachesThePolicy() {
    assertThat(read(FULL).policy())
        .isEqualTo(
            new Policy(
                "pay-log",
                "hz-prod",
                Coverage.of(List.of(new TenantRef("1001"), new TenantRef("pay"))),
                Desired.ON,
                Desired.OFF,
                Mode.OBSERVE,
                Schedule.cron("0/30 * * * * ?", Duration.ofSeconds(30), ZoneId.of("Asia/Shanghai")),
                OnDelete.HOLD,
                Duration.ofHours(1)));
  }

  @Test
  void twoKeysAreEnough() {
    assertThat(read("cluster: hz-prod\nsecondaryBackup: off\n").policy())
        .isEqualTo(
            new Policy(
                "hz",
                "hz-prod",
                Coverage.WHOLE_CLUSTER,
                Desired.OFF,
                Desired.OFF,
                Mode.ENFORCE,
                Schedule.every(Duration.ofSeconds(30), ZONE),
                OnDelete.STOP,
                Duration.ofMinutes(15)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFcluster: hz-prod\nsecondaryBackup: off\n",
        "cluster: hz-prod\r\nsecondaryBackup: off\r\n",
        "---\ncluster: 'hz-prod'\nsecondaryBackup: \"off\"\n...\n",
        "{cluster: hz-prod, secondaryBackup: off}",
        "name: &n hz-prod\ncluster: *n\nsecondaryBackup: off\n",
        "cluster: hz-prod\nsecondaryBackup: off # 关闭\n",
      })
  void sameWishIsReadHoweverItIsWritten(String text) {
    PolicyReading reading = read(text);
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.policy())
        .extracting(Policy::cluster, Policy::data)
        .containsExactly("hz-prod", Desired.OFF);
  }

  @Test
  void allMistakesOfAFileAreReportedAtOnce() {
    assertThat(problems(read("name: a b\nmode: watch\nsecondaryBackup: maybe\nevery: 5\n")))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("1:1: cluster is missing"),
            second -> assertThat(second).startsWith("1:7: name must be"),
            third -> assertThat(third).startsWith("2:7: mode must be one of enforce, observe"),
            fourth -> assertThat(fourth).startsWith("3:18: secondaryBackup must be on or off"),
            fifth -> assertThat(fifth).startsWith("4:8: every must be a duration"));
  }

  static List<Path> goodFiles() {
    return BadFiles.in("policies/good");
  }

  @ParameterizedTest
  @MethodSource("goodFiles")
  void goodFileIsRead(Path file) throws IOException {
    PolicyReading reading =
        READER.read(file.getFileName().toString(), Files.readAllBytes(file), NOW);
    assertThat(problems(reading)).isEmpty();
  }

  static List<Path> badFiles() {
    return BadFiles.in("policies/bad");
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  @Timeout(10)
  void badFileGetsItsMessage(Path file) throws IOException {
    PolicyReading reading =
        READER.read(file.getFileName().toString(), Files.readAllBytes(file), NOW);
    assertThat(String.join(" | ", problems(reading))).isEqualTo(BadFiles.expected(file));
  }

  /** A YAML parser that guesses would read 22:00 as 1320. */
  @Test
  void limitsReachThePolicyWithTimesAsTheyAreWritten() {
    Policy policy =
        read("""
        cluster: hz-prod
        secondaryBackup: {data: on, log: off}
        timezone: Asia/Shanghai
        backupWindow:
          - {days: fri-mon, from: 22:00, to: 24:00}
          - {days: "SAT, sun"}
          - {from: "08:00", to: 08:00}
        whenWindowCloses: finish
        maxRuntime: 8h
        destinations: ["oss://dr/*?host=h", "file:///data/nfs/"]
        """)
            .policy();
    BackupWindow window =
        new BackupWindow(
            List.of(
                new WindowEntry(
                    Set.of(
                        DayOfWeek.FRIDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY),
                    22 * 60,
                    24 * 60),
                WindowEntry.allDay(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)),
                new WindowEntry(Set.of(DayOfWeek.values()), 8 * 60, 8 * 60)),
            ZoneId.of("Asia/Shanghai"));
    assertThat(policy).isNotNull();
    assertThat(policy.limits(Kind.DATA))
        .isEqualTo(
            new Limits(
                window,
                WhenWindowCloses.FINISH,
                Duration.ofHours(8),
                List.of(
                    DestinationPattern.parse("oss://dr/*?host=h").orElseThrow(),
                    DestinationPattern.parse("file:///data/nfs").orElseThrow())));
    assertThat(policy.limits(Kind.LOG)).as("off has none").isEqualTo(Limits.NONE);
  }

  @Test
  void windowNeedsAWrittenZone() {
    PolicyReader reader =
        new PolicyReader(
            new PolicyDefaults(Duration.ofSeconds(30), ZONE, false, null),
            CronExpressions::problem);
    String text = "cluster: hz\nsecondaryBackup: on\nbackupWindow:\n  - {days: sat}\n";
    assertThat(problems(reader.read("a.yaml", text.getBytes(StandardCharsets.UTF_8), NOW)))
        .singleElement()
        .asString()
        .startsWith("3:1: backupWindow needs a written zone; add timezone: Asia/Shanghai here");
    text += "timezone: +08:00\n";
    assertThat(reader.read("a.yaml", text.getBytes(StandardCharsets.UTF_8), NOW).problems())
        .isEmpty();
  }

  @Test
  void fileLargerThan256KiBIsRefusedWhereItsNameIsStillRead() {
    PolicyReading reading = read(FULL + "#".repeat(256 * 1024) + "\n");
    assertThat(problems(reading)).singleElement().asString().contains("more than 256 KiB");
    assertThat(reading.name()).isEqualTo("pay-log");
  }

  @Test
  @Timeout(10)
  void nestingWithoutEndIsRefusedAtOnce() {
    assertThat(read(FULL + "x: " + "[".repeat(200_000)).problems())
        .singleElement()
        .asString()
        .contains("nested more than 20 levels deep");
  }

  @Test
  void manyMistakesAreCutShort() {
    String keys =
        String.join("", IntStream.range(0, 9000).mapToObj(key -> "k" + key + ": 1\n").toList());
    assertThat(read(FULL + keys).problems()).hasSize(51);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode: 'oss://b/x?access_id=hunter2&access_key=hunter2'",
        "secondaryBackup: oss://b?host=h&access_key=hunter2",
        "mode: root:hunter2@10.0.0.1",
        "access_key=hunter2: 1",
        "access_key: hunter2",
        "password: hunter2",
        "onDelete: 'password=hunter2'",
        "cluster: 'identified by hunter2'",
      })
  void credentialThatWasPastedHereIsNotShown(String line) {
    PolicyReading reading = read(line + "\n");
    assertThat(reading.problems()).isNotEmpty();
    assertThat(reading.problems().toString()).doesNotContain("hunter2");
  }

  static List<Throwable> faults() {
    return List.of(
        new StackOverflowError(),
        new IllegalArgumentException("hunter2"),
        new NumberFormatException("hunter2"),
        new NoClassDefFoundError("hunter2"),
        new AssertionError("hunter2"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whateverAValueSetsOff_isAMistakeOfThatFile(Throwable fault) {
    PolicyReading reading = faulty(fault).read("hz.yaml", utf8(FULL), NOW);
    assertThat(problems(reading))
        .containsExactly(
            "6:11: can't be read: it sets off a fault of this program ("
                + fault.getClass().getSimpleName()
                + "); write it otherwise, and please report it");
    assertThat(reading.name()).isEqualTo("pay-log");
    assertThat(reading.clusters()).containsExactly("hz-prod");
  }

  @Test
  void memoryThatIsExhausted_isNotAMistakeOfTheFile() {
    PolicyReader reader = faulty(new OutOfMemoryError("by the test"));
    assertThatThrownBy(() -> reader.read("hz.yaml", utf8(FULL), NOW))
        .isInstanceOf(OutOfMemoryError.class);
  }

  private static PolicyReader faulty(Throwable fault) {
    return new PolicyReader(
        new PolicyDefaults(Duration.ofSeconds(30), ZONE, Set.of("hz-prod")),
        (expression, zone, now) -> {
          throw PolicyReaderTest.<RuntimeException>sneaky(fault);
        });
  }

  /** Throws whatever it is given; returns nothing. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable fault) throws T {
    throw (T) fault;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static List<String> giants() {
    return List.of(
        "every: " + "9".repeat(200_000),
        "every: " + "1h".repeat(60_000),
        "verifyWithin: " + "9".repeat(200_000) + "h",
        "schedule: \"" + "0 ".repeat(100_000) + "\"",
        "schedule: \"0 " + "1,".repeat(100_000) + "1 * * * ?\"",
        "schedule: \"" + "9".repeat(200_000) + " * * * * ?\"",
        "timezone: " + "a_".repeat(100_000),
        "timezone: +" + "0".repeat(200_000),
        "onDelete: " + ":".repeat(200_000),
        "mode: " + "a:b@".repeat(50_000),
        "mode: " + "a:".repeat(100_000),
        "mode: '" + "password=".repeat(20_000) + "'",
        "tenants: [" + "1".repeat(200_000) + "]",
        "tenants: [" + "a".repeat(200_000) + "]",
        "tenants: [" + "1001, ".repeat(33_000) + "1001]",
        "? " + "k".repeat(200_000) + "\n: 1",
        "\"" + "k_".repeat(500) + "\": 1",
        "mode: " + "0x_".repeat(60_000),
        "mode: " + "1:59".repeat(50_000),
        "mode: |\n" + "  a\n".repeat(50_000),
        "mode: enforce" + " ".repeat(200_000),
        "#".repeat(200_000),
        "mode: " + "\uFF1A".repeat(60_000),
        "x: [" + "a\uFF0Cb, ".repeat(20_000) + "]");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("giants")
  @Timeout(5)
  void giantText_isReadOrRefusedAtOnceAndNotRepeated(String line) {
    String text = "name: a\ncluster: hz-prod\nsecondaryBackup: off\n" + line + "\n";
    for (Problem problem : read(text).problems()) {
      assertThat(problem.message()).hasSizeLessThan(500);
      assertThat(problem.line()).isGreaterThan(3);
    }
  }

  @Test
  void giantText_isNamedByItsLength() {
    assertThat(problems(read(FULL + "every: " + "9".repeat(200_000))))
        .contains("10:8: every has 200000 characters; at most 1024 are read");
  }

  @Test
  void brokenFileTellsItsNameWhereThatStandsBeforeTheMistake() {
    PolicyReading reading = read("name: a\ncluster: hz-prod\nmode: [\n");
    assertThat(reading.name()).isEqualTo("a");
    assertThat(reading.clusters()).containsExactly("hz-prod");
  }

  @Test
  void brokenFileTellsNoNameWhereTheMistakeComesBefore() {
    PolicyReading reading = read("cluster: hz-prod\nmode: [\nname: a\n");
    assertThat(reading.name()).isNull();
    assertThat(reading.clusters()).containsExactly("hz-prod");
  }

  @Test
  void brokenFileWithoutNameIsNamedAfterItself() {
    assertThat(read("cluster: hz-prod\nsecondaryBackup: maybe\n").name()).isEqualTo("hz");
  }

  @Test
  void nameThatMayBeCutOffIsNotTold() {
    assertThat(read("name: pay-l").name()).isNull();
    assertThat(read("name: pay-log\ncluster: hz-pr").clusters()).isEmpty();
  }

  @Test
  void clusterThatNobodyKnowsIsNotTold() {
    assertThat(read("cluster: hz-prd\nsecondaryBackup: on\n").clusters()).isEmpty();
  }

  @Test
  void namesThatDisagreeAreNotTold() {
    assertThat(read("name: a\nname: b\ncluster: hz-prod\nsecondaryBackup: on\n").name()).isNull();
    assertThat(read(FULL + "---\nname: other\n").name()).isNull();
  }

  @Test
  @Timeout(60)
  void truncatedFileIsReadOrRejectedWithItsPlace() {
    byte[] whole = FULL.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      PolicyReading reading = READER.read("hz.yaml", Arrays.copyOf(whole, length), NOW);
      assertThat(reading.problems())
          .allSatisfy(problem -> assertThat(problem.line()).isBetween(1, 10))
          .allSatisfy(problem -> assertThat(problem.column()).isPositive());
      if (reading.name() != null && length > 1) {
        assertThat(reading.name()).as("first %d bytes", length).isEqualTo("pay-log");
      }
    }
  }

  @Test
  @Timeout(60)
  void damagedFileIsReadOrRejectedWithItsPlace() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      byte[] bytes = FULL.getBytes(StandardCharsets.UTF_8);
      int hits = 1 + random.nextInt(4);
      for (int hit = 0; hit < hits; hit++) {
        bytes[random.nextInt(bytes.length)] =
            (byte) "{}[]:,&*!|>'\"%@`#-?\n\t \u0000\u00ff".charAt(random.nextInt(24));
      }
      PolicyReading reading = READER.read("hz.yaml", bytes, NOW);
      assertThat(reading.policy() == null).isEqualTo(!reading.problems().isEmpty());
      assertThat(reading.problems())
          .allMatch(problem -> problem.line() > 0 && problem.column() > 0);
    }
  }

  @Test
  void exampleIsAGoodPolicyThatStopsNothing() throws IOException {
    Path example = Path.of("policies/hz-prod.yaml");
    Policy policy = READER.read(example.toString(), Files.readAllBytes(example), NOW).policy();
    assertThat(policy).isNotNull().extracting(Policy::data, Policy::log).containsOnly(Desired.ON);
  }

  @Test
  void fileOfSeveralClustersIsThePolicyOfEach() {
    PolicyReading reading = read("clusters: [hz-prod, bj-prod]\nsecondaryBackup: off\n");
    assertThat(reading.policies())
        .extracting(Policy::cluster)
        .containsExactly("bj-prod", "hz-prod");
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void nameThatTheConfigurationLacksIsAMistake_andTheFaultOfThatClusterAlone() {
    PolicyReading reading = read("clusters: [hz-prod, gz-prod]\nsecondaryBackup: off\n");
    assertThat(reading.problems())
        .extracting(Problem::withoutFile)
        .containsExactly(
            "1:21: clusters: an item must be a cluster of the configuration (bj-prod, hz-prod),"
                + " not 'gz-prod'; did you mean 'hz-prod'?");
    assertThat(reading.policies()).extracting(Policy::cluster).containsExactly("hz-prod");
    assertThat(reading.found().faults()).containsOnlyKeys("gz-prod");
  }

  @Test
  void ofAFleetAMistakeNamesTheFirstClustersAlone() {
    Set<String> fleet =
        IntStream.range(1_000, 2_000).mapToObj(number -> "c" + number).collect(Collectors.toSet());
    PolicyReader reader =
        new PolicyReader(
            new PolicyDefaults(Duration.ofSeconds(30), ZONE, fleet), CronExpressions::problem);
    byte[] text = "cluster: hz\nsecondaryBackup: off\n".getBytes(StandardCharsets.UTF_8);
    assertThat(reader.read("hz.yaml", text, NOW).problems())
        .extracting(Problem::withoutFile)
        .containsExactly(
            "1:10: cluster must be a cluster of the configuration (c1000, c1001, c1002, c1003,"
                + " c1004, c1005, c1006, c1007, c1008, c1009, c1010, c1011, c1012, c1013, c1014,"
                + " c1015, c1016, c1017, c1018, c1019 and 980 more), not 'hz'");
  }

  @Test
  void brokenFileIsOfTheClustersThatItNames() {
    assertThat(read("clusters: [hz-prod, bj-prod]\nsecondaryBackup: maybe\n").clusters())
        .containsExactlyInAnyOrder("bj-prod", "hz-prod");
    assertThat(read("clusters: [hz-prod, bj-prod").clusters()).isEmpty();
  }

  @Test
  void oneClusterInAListMayHaveTenantsByTheirIds() {
    assertThat(read("clusters: [hz-prod]\ntenants: [1001]\nsecondaryBackup: off\n").problems())
        .isEmpty();
  }
}
