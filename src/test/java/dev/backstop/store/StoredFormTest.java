package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.json.Json;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.StrayFile;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is stored as JSON is read from and written as the golden files have it. */
class StoredFormTest {

  /** Sets and maps of several elements, which have no order of their own. */
  private static final Set<String> UNORDERED = Set.of("all objects", "counted", "full");

  @Test
  void clusterRecordsKeepTheirForm() {
    assertForm("cluster-record", ClusterRecord.class, StoredExamples.clusterRecords());
  }

  @Test
  void policiesKeepTheirForm() {
    assertForm("policy", KnownPolicy.class, StoredExamples.policies());
  }

  @Test
  void strayFilesKeepTheirForm() {
    assertForm("stray-file", StrayFile.class, StoredExamples.strayFiles());
  }

  @Test
  void reportsKeepTheirForm() {
    assertForm("report", Report.class, StoredExamples.reports());
  }

  @Test
  void historyEntriesKeepTheirForm() {
    assertForm("history-entry", HistoryEntry.class, StoredExamples.historyEntries());
  }

  private static <T> void assertForm(String file, Class<T> type, Map<String, T> examples) {
    Map<String, String> golden = golden(file);
    assertThat(examples).containsOnlyKeys(golden.keySet());
    examples.forEach(
        (name, value) -> {
          String json = golden.get(name);
          assertThat(Json.read(json, type)).as(name).isEqualTo(value);
          if (!UNORDERED.contains(name)) {
            assertThat(Json.write(value)).as(name).isEqualTo(json);
          }
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
