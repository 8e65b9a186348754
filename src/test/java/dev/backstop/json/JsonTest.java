package dev.backstop.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.plan.Contention;
import dev.backstop.policy.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  record Inner(String text, long number) {
    boolean isComplete() {
      return true;
    }

    String getLost() {
      return "never written";
    }
  }

  record Outer(
      Instant at,
      Duration took,
      Path file,
      ZoneId zone,
      @Nullable String note,
      TimeUnit unit,
      Map<TimeUnit, Inner> byUnit,
      Set<TimeUnit> units,
      List<Inner> list) {

    Outer {
      byUnit = Map.copyOf(byUnit);
      units = Set.copyOf(units);
      list = List.copyOf(list);
    }
  }

  private static final Outer VALUE =
      new Outer(
          Instant.parse("2026-11-23T06:00:00.123456Z"),
          Duration.ofMillis(1500),
          Path.of("/var/lib/x.db"),
          ZoneId.of("Asia/Shanghai"),
          null,
          TimeUnit.DAYS,
          Map.of(TimeUnit.DAYS, new Inner("a", 7)),
          Set.of(TimeUnit.HOURS),
          List.of(new Inner("b", Long.MAX_VALUE)));

  private static final String TEXT =
      "{\"at\":\"2026-11-23T06:00:00.123456Z\",\"took\":\"PT1.5S\",\"file\":\"/var/lib/x.db\","
          + "\"zone\":\"Asia/Shanghai\",\"note\":null,\"unit\":\"DAYS\","
          + "\"byUnit\":{\"DAYS\":{\"text\":\"a\",\"number\":7}},\"units\":[\"HOURS\"],"
          + "\"list\":[{\"text\":\"b\",\"number\":9223372036854775807}]}";

  @Test
  void recordIsWrittenByItsComponentsAlone() {
    assertThat(Json.write(VALUE)).isEqualTo(TEXT);
  }

  @Test
  void recordIsReadByItsConstructor() {
    assertThat(Json.read(TEXT, Outer.class)).isEqualTo(VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T06:00:00Z,2026-11-23T06:00:00Z",
    "2026-11-23T06:00:00.5Z,2026-11-23T06:00:00.500Z",
    "2026-11-23T06:00:00.123456789Z,2026-11-23T06:00:00.123456Z",
    "1969-12-31T23:59:59.999999Z,1969-12-31T23:59:59.999999Z"
  })
  void timeHasAtMostMicroseconds(String time, String written) {
    assertThat(Json.write(List.of(Instant.parse(time)))).isEqualTo("[\"" + written + "\"]");
  }

  @Test
  void treeKeepsItsOrderAndItsNulls() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("z", Arrays.asList(1, null));
    tree.put("a", null);
    tree.put("m", Map.of());
    assertThat(Json.write(tree)).isEqualTo("{\"z\":[1,null],\"a\":null,\"m\":{}}");
  }

  @Test
  void prettyIndentsByTwoSpaces() {
    assertThat(Json.pretty(Map.of("a", List.of(1, 2))))
        .isEqualTo("{\n  \"a\" : [\n    1,\n    2\n  ]\n}");
  }

  @Test
  void unknownPropertyIsIgnored_soThatOlderProgramsReadNewerText() {
    assertThat(Json.read("{\"text\":\"a\",\"number\":1,\"colour\":\"red\"}", Inner.class))
        .isEqualTo(new Inner("a", 1));
  }

  @Test
  void absentCollectionIsEmpty_soThatNewerProgramsReadOlderText() {
    String older = TEXT.replaceAll(",\"byUnit\".*", "}");
    assertThat(Json.read(older, Outer.class))
        .extracting(Outer::byUnit, Outer::units, Outer::list)
        .containsExactly(Map.of(), Set.of(), List.of());
  }

  @Test
  void storedValuesComeBackEqual() {
    Schedule schedule = Schedule.every(Duration.ofSeconds(30), ZoneId.of("UTC"));
    assertThat(Json.read(Json.write(schedule), Schedule.class)).isEqualTo(schedule);
    assertThat(Json.read(Json.write(Contention.NONE), Contention.class)).isEqualTo(Contention.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|not the JSON of",
        "null|null is not the JSON of",
        "{\"text\":\"a\",\"number\":null}|not the JSON of",
        "{\"text\":\"a\",\"number\":1} x|not the JSON of"
      })
  void textThatDoesNotFitIsRefused(String text, String words) {
    assertThatThrownBy(() -> Json.read(text, Inner.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("JsonTest$Inner");
  }

  @Test
  void timeThatIsNoneIsRefused() {
    assertThatThrownBy(() -> Json.read("\"yesterday\"", Instant.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("yesterday");
  }
}
