package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.plan.PolicyFingerprints;
import dev.backstop.store.format.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is stored as JSON is read from and written as the golden files have it. */
class StoredFormTest {

  @Test
  void clusterRecordsKeepTheirForm() {
    assertForm("cluster-record", RecordFormat.CLUSTER_RECORD, StoredExamples.clusterRecords());
  }

  @Test
  void policiesKeepTheirForm() {
    assertForm("policy", RecordFormat.KNOWN_POLICY, StoredExamples.policies());
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

  private static Map<String, String> golden(String file) {
    String name = "/store/ca572dd/" + file + ".txt";
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
