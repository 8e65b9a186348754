package dev.backstop.store;

import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.JobObject;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.JobSighting;
import dev.backstop.plan.JobSightings;
import dev.backstop.plan.PolicyFingerprints;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.plan.PolicyTerm;
import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.DestinationPattern;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FileState;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Limits;
import dev.backstop.policy.Policy;
import dev.backstop.policy.PolicyFingerprint;
import dev.backstop.policy.WhenWindowCloses;
import dev.backstop.policy.WindowEntry;
import dev.backstop.store.format.RecordFormat;
import dev.backstop.testing.Policies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is stored as JSON is read from and written as the golden files have it. */
class StoredFormTest {

  @Test
  void clusterRecordsKeepTheirForm() {
    assertForm("cluster-record", RecordFormat.CLUSTER_RECORD, StoredExamples.clusterRecords());
  }

  @Test
  void policiesKeepTheirForm() {
    Map<String, List<KnownPolicy>> policies = new TreeMap<>();
    StoredExamples.policies().forEach((name, known) -> policies.put(name, List.of(known)));
    assertForm("policy", RecordFormat.KNOWN_POLICY, policies);
  }

  @Test
  void strayFilesKeepTheirForm() {
    assertForm("stray-file", RecordFormat.STRAY_FILE, StoredExamples.strayFiles());
  }

  @Test
  void reportsKeepTheirForm() {
    assertForm("report", RecordFormat.REPORT, StoredExamples.reports());
  }

  @Test
  void historyEntriesKeepTheirForm() {
    assertForm("history-entry", RecordFormat.HISTORY_ENTRY, StoredExamples.historyEntries());
  }

  /** A release without limits reads all policies but those that have some. */
  @Test
  void limitsAreWrittenOnlyWhereAPolicyHasSome() {
    KnownPolicy without = StoredExamples.policies().values().iterator().next();
    Policy bare = without.policy();
    Policy limited =
        new Policy(
            bare.name(),
            bare.cluster(),
            bare.coverage(),
            Desired.ON,
            bare.log(),
            bare.mode(),
            bare.schedule(),
            bare.onDelete(),
            bare.verifyWithin(),
            new Limits(
                new BackupWindow(
                    List.of(new WindowEntry(Set.of(DayOfWeek.FRIDAY), 1320, 360)),
                    ZoneId.of("Asia/Shanghai")),
                WhenWindowCloses.FINISH,
                Duration.ofHours(8),
                List.of(DestinationPattern.parse("oss://dr/*?host=h").orElseThrow())));
    KnownPolicy known = KnownPolicy.good(limited, "p.yaml", timeline(StoredExamples.NOON));
    String json = RecordFormat.KNOWN_POLICY.write(List.of(known));
    assertThat(json)
        .contains(
            ",\"limits\":{\"window\":{\"entries\":[{\"days\":[\"FRIDAY\"],\"from\":1320,\"to\":360}],"
                + "\"zone\":\"Asia/Shanghai\"},\"whenWindowCloses\":\"FINISH\","
                + "\"maxRuntime\":\"PT8H\",\"destinations\":[\"oss://dr/*?host=h\"]}");
    assertThat(RecordFormat.KNOWN_POLICY.read("p", json)).isEqualTo(List.of(known));
    assertThat(PolicyFingerprint.of(limited).content())
        .endsWith(
            " window [fri 22:00-06:00 in Asia/Shanghai] FINISH runtime PT8H destinations"
                + " [oss://dr/*?host=h]");
  }

  /** A file that is good is stored as it was before the bytes of a good version were kept. */
  @Test
  void lastGoodBytesAreWrittenOnlyWhereTheFileHoldsOthers() {
    FileIdentity seen = new FileIdentity("7", "ab", "cd", FolderIdentity.UNKNOWN);
    KnownPolicy known =
        new KnownPolicy(
            Policies.policy("p").build(),
            "p.yaml",
            new FileState.Good(timeline(StoredExamples.NOON)),
            seen);
    String json = RecordFormat.KNOWN_POLICY.write(List.of(known));
    assertThat(json)
        .contains(
            "\"seen\":{\"inode\":\"7\",\"content\":\"ab\",\"folder\":{\"text\":\"\"},"
                + "\"goodContent\":\"cd\"}");
    assertThat(RecordFormat.KNOWN_POLICY.read("p", json)).isEqualTo(List.of(known));
  }

  /** When jobs were first seen is kept while a policy has a limit, and in memory alone before. */
  @Test
  void sightingsAreWrittenOnlyWhereAPolicyHasALimit() {
    JobSightings sightings =
        new JobSightings(
            Map.of(
                new JobSightings.Key(JobObject.BACKUPSET, 7),
                new JobSighting(
                    StoredExamples.NOON, null, timeline(StoredExamples.NOON.plusSeconds(1)), true)),
            StoredExamples.NOON,
            null);
    Limits runtime = new Limits(null, WhenWindowCloses.STOP, Duration.ofHours(8), List.of());
    ClusterRecord without = ClusterRecord.none("hz").with(sightings);
    ClusterRecord with =
        without.settled(
            new PolicySnapshot(
                List.of(
                    new PolicyTerm(
                        "p",
                        Coverage.WHOLE_CLUSTER,
                        Desired.ON,
                        Desired.OFF,
                        true,
                        false,
                        runtime))),
            null);
    assertThat(RecordFormat.CLUSTER_RECORD.write(without))
        .isEqualTo(RecordFormat.CLUSTER_RECORD.write(ClusterRecord.none("hz")));
    String json = RecordFormat.CLUSTER_RECORD.write(with);
    assertThat(json)
        .endsWith(
            ",\"sightings\":{\"jobs\":[{\"object\":\"BACKUPSET\",\"jobId\":7,"
                + "\"seenAt\":\"2026-11-23T12:00:00.123456Z\",\"lackedAt\":null,"
                + "\"running\":\"2026-11-23T12:00:01.123456Z\",\"wantedFirst\":true}],"
                + "\"dataAt\":\"2026-11-23T12:00:00.123456Z\",\"logAt\":null}}");
    assertThat(RecordFormat.CLUSTER_RECORD.read("hz", json)).isEqualTo(with);
  }

  /** Another text for the same policy would pass for an edit, which ends a contest. */
  @Test
  void fingerprintsKeepTheirForm() {
    Map<String, String> golden = golden("fingerprint");
    assertThat(StoredExamples.policies()).containsOnlyKeys(golden.keySet());
    StoredExamples.policies()
        .forEach(
            (name, known) -> {
              PolicyFingerprints now = PolicyFingerprints.of(List.of(known));
              String text = Objects.requireNonNull(golden.get(name));
              assertThat(now.text()).as(name).isEqualTo(text);
              assertThat(PolicyFingerprints.parse(text)).as(name).isEqualTo(now);
            });
  }

  /** What is written differs from what was written before by the version that begins it. */
  private static <T> void assertForm(String file, RecordFormat<T> format, Map<String, T> examples) {
    Map<String, String> golden = golden(file);
    assertThat(examples).containsOnlyKeys(golden.keySet());
    examples.forEach(
        (name, value) -> {
          String json = Objects.requireNonNull(golden.get(name));
          String now = "{\"format\":1," + json.substring(1);
          assertThat(format.read(name, json)).as(name).isEqualTo(value);
          assertThat(format.read(name, now)).as(name).isEqualTo(value);
          assertThat(format.write(value)).as(name).isEqualTo(now);
        });
  }

  /** Returns what was written before there were limits, and what was written since. */
  private static Map<String, String> golden(String file) {
    Map<String, String> golden = golden("ca572dd", file);
    if (file.equals("report") || file.equals("history-entry")) {
      golden.putAll(golden("limits", file));
    }
    return golden;
  }

  private static Map<String, String> golden(String folder, String file) {
    String name = "/store/" + folder + "/" + file + ".txt";
    try (InputStream stream = StoredFormTest.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(stream, name).readAllBytes();
      Map<String, String> golden = new LinkedHashMap<>();
      new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .forEach(
              line -> {
                int colon = line.indexOf(": ");
                golden.put(line.substring(0, colon), line.substring(colon + 2));
              });
      return golden;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
