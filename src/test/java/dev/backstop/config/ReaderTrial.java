package dev.backstop.config;

import dev.backstop.policy.DeletionGuard;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderContext;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.Schedule;
import dev.backstop.schedule.CronExpressions;
import dev.backstop.testing.Readings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;

/** Gives bytes to the readers and judges what they make of them; throws at what must not be. */
final class ReaderTrial {

  /** Stands in the seeds where a secret may be; no message may show it. */
  static final String CANARY = "s3cr3tCanary";

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration HANG = Duration.ofSeconds(20);
  private static final int RUNS = 10;
  private static final List<Duration> LIMITS =
      List.of(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(1));
  private static final PolicyReader POLICIES =
      new PolicyReader(
          new PolicyDefaults(Duration.ofSeconds(30), ZoneOffset.UTC, Set.of("hz-prod", "bj")),
          CronExpressions::problem);
  private static final ConfReader CONFS = new ConfReader("host", ZoneOffset.UTC);
  private static final Path CONF = Path.of("/etc/backstop/conf/backstop.yaml");
  private static final String FILE = "fuzzed.yaml";

  private static final FolderContext CALM =
      new FolderContext(
          new DeletionSettings(Duration.ofSeconds(30), Set.of("hz-prod", "bj")), null);

  private ReaderTrial() {}

  /** Reads bytes as a policy; returns what came of it in a few words. */
  static String policy(byte[] bytes) {
    long start = System.nanoTime();
    PolicyReading reading = POLICIES.read(FILE, bytes, NOW);
    require(reading.equals(POLICIES.read(FILE, bytes.clone(), NOW)), "reads the same twice");
    judge(reading.problems(), bytes, SizeLimit.POLICY);
    requireNoAction(reading);
    if (reading.policy() != null) {
      judge(reading.policy().schedule());
    }
    requireTime(start);
    return reading.policy() == null ? kind(reading.problems()) : "good";
  }

  /** Reads the lines of a text as expression, zone and interval; returns what came of it. */
  static String schedule(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 4);
    String text =
        "{name: a, cluster: bj, secondaryBackup: off, schedule: "
            + quoted(lines, 0, "0 0 2 * * ?")
            + ", timezone: "
            + quoted(lines, 1, "Europe/Berlin")
            + "}\n";
    policy(("every: " + quoted(lines, 2, "1s") + "\n").getBytes(StandardCharsets.UTF_8));
    return policy(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String[] lines, int index, String fallback) {
    String text = index < lines.length ? lines[index] : fallback;
    return "'" + text.replace("'", "''") + "'";
  }

  /** Runs come in order, after now, and without gaps that the expression does not have. */
  private static void judge(Schedule schedule) {
    String cron = schedule.cron();
    Instant at = NOW;
    for (int run = 0; run < RUNS; run++) {
      Instant next = CronExpressions.next(schedule, at);
      require(next.isAfter(at), "a run after " + at + ": " + next);
      for (Duration limit : LIMITS) {
        boolean within = next.compareTo(at.plus(limit)) <= 0;
        require(
            within || !CronExpressions.staysWithin(schedule, limit),
            "no gap over " + limit + " after " + at + ": " + schedule);
      }
      at = run == RUNS / 2 ? beforeSwitch(schedule, at) : next;
    }
    if (cron != null) {
      require(!CronExpressions.nextRuns(cron, schedule.zone(), NOW, RUNS).isEmpty(), "a run");
      CronExpressions.doubt(cron).ifPresent(words -> require(words.length() < 2000, "few words"));
    }
  }

  private static Instant beforeSwitch(Schedule schedule, Instant after) {
    ZoneOffsetTransition next = schedule.zone().getRules().nextTransition(after);
    return next == null ? after : next.getInstant().minusSeconds(1);
  }

  /** Reads bytes as a configuration; returns what came of it in a few words. */
  static String conf(byte[] bytes) {
    long start = System.nanoTime();
    ConfReading reading = CONFS.read(CONF, bytes);
    require(reading.equals(CONFS.read(CONF, bytes.clone())), "reads the same twice");
    judge(reading.problems(), bytes, SizeLimit.CONF);
    for (Problem problem : reading.problems()) {
      require(!echoes(problem, bytes), "shows what may be a secret: " + problem);
    }
    requireTime(start);
    return reading.settings() == null ? kind(reading.problems()) : "good";
  }

  /**
   * Tells whether a message shows the word in the seeds' places for secrets; a key's name may be
   * shown, so the word must stand after a colon of its line to count.
   */
  private static boolean echoes(Problem problem, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return problem.message().contains(CANARY)
        && text.lines().filter(line -> line.contains(CANARY)).allMatch(ReaderTrial::isSecret)
        && text.indexOf(CANARY) == text.lastIndexOf(CANARY);
  }

  private static boolean isSecret(String line) {
    return line.matches(
        "\\s*(password|passwordFile|passwordEnv|passwordCommand): *\"?" + CANARY + ".*");
  }

  private static void judge(List<Problem> problems, byte[] bytes, SizeLimit limit) {
    String text = FileText.of(bytes, limit).text();
    // What YAML takes for a line break, and the line after the last one.
    String[] lines = text.split("\r\n|[\n\r\u0085\u2028\u2029]", -1);
    // A last carriage return is no break to the parser but one more column.
    int slack = text.endsWith("\r") ? 2 : 1;
    for (Problem problem : problems) {
      int line = problem.line();
      require(line >= 1 && line <= lines.length, "a line of the file: " + problem);
      int longest = lines[line - 1].codePointCount(0, lines[line - 1].length()) + slack;
      require(problem.column() >= 1 && problem.column() <= longest, "a column of it: " + problem);
      require(!problem.message().isBlank(), "words");
    }
  }

  /** A broken file takes nothing back of what its last good version permits, nor its neighbour. */
  private static void requireNoAction(PolicyReading reading) {
    PolicyReading good = permitting(FILE, "hz-prod");
    PolicyReading neighbour = permitting("other.yaml", "other");
    List<FolderScan.FoundFile> before = List.of(good.found(), neighbour.found());
    PolicyRegistry registry =
        DeletionGuard.decide(PolicyRegistry.EMPTY, scan(NOW, before), CALM).registry();
    for (int seconds = 2; seconds <= 62; seconds += 30) {
      List<FolderScan.FoundFile> files = List.of(reading.found(), neighbour.found());
      registry =
          DeletionGuard.decide(registry, scan(NOW.plusSeconds(seconds), files), CALM).registry();
    }
    KnownPolicy other = registry.ofName("other").get(0);
    require(other.hasFile(), "the neighbour is left alone: " + registry);
    if (reading.policy() == null) {
      KnownPolicy known = registry.ofName("hz-prod").get(0);
      require(known.phase() == Phase.BROKEN, "the last good version protects: " + registry);
    }
  }

  private static PolicyReading permitting(String file, String name) {
    String text = "{name: " + name + ", cluster: hz-prod, secondaryBackup: on}";
    return POLICIES.read(file, text.getBytes(StandardCharsets.US_ASCII), NOW);
  }

  private static FolderScan scan(Instant at, List<FolderScan.FoundFile> files) {
    return new FolderScan(Readings.at(at), new Directory(Access.READABLE, "1", false, ""), files);
  }

  private static String kind(List<Problem> problems) {
    return problems
        .get(0)
        .message()
        .replaceAll("[^a-z ]", "")
        .replaceAll("(\\w+ \\w+ \\w+).*", "$1");
  }

  private static void requireTime(long start) {
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    require(taken.compareTo(HANG) < 0, "an answer before " + taken);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("not so: " + what);
    }
  }
}
