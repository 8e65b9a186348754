package dev.backstop.store.format;

import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.Verdict;
import dev.backstop.policy.Desired;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.StrayFile;
import dev.backstop.policy.WhenWindowCloses;
import dev.backstop.state.Event;
import dev.backstop.timeline.TimelineInstant;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatTest {

  /** These words are promised to whoever reads our JSON or gives them in files. */
  private static final Set<Class<?>> PROMISED =
      Set.of(
          Desired.class,
          Event.class,
          HoldReason.class,
          JobObject.class,
          Kind.class,
          Mode.class,
          OnDelete.class,
          ReasonCode.class,
          SentStatement.Result.class,
          State.class,
          Statement.class,
          Verdict.class,
          WhenWindowCloses.class);

  private static final String RECORD = RecordFormat.CLUSTER_RECORD.write(ClusterRecord.none("hz"));

  @ParameterizedTest
  @CsvSource({
    "'{\"format\"', '{\"colour\":7,\"format\"', colour",
    "'\"log\":{', '\"log\":{\"colour\":null,', log.colour",
    "'\"returns\"', '\"colour\":[],\"returns\"', data.contest.colour"
  })
  void fieldOfANewerProgramIsRefused_andNotDropped(String place, String with, String field) {
    String newer = RECORD.replaceFirst(Pattern.quote(place), with);
    assertThatThrownBy(() -> RecordFormat.CLUSTER_RECORD.read("hz", newer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "record of cluster hz has the field "
                + field
                + ", which a newer Backstop wrote; use that one, or upgrade this one to it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"format\":2,\"data\":7}", "{\"format\":2,\"colour\":7}", "{\"format\":2}"})
  void newerFormatIsRefused_whateverElseItHas(String newer) {
    assertThatThrownBy(() -> RecordFormat.CLUSTER_RECORD.read("hz", newer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "record of cluster hz is of a newer format than 1, which a newer Backstop wrote; use"
                + " that one, or upgrade this one to it");
  }

  @Test
  void recordWithoutAVersionIsOfTheFirst() {
    String first = RECORD.replace("\"format\":1,", "");
    assertThat(first).isNotEqualTo(RECORD);
    assertThat(RecordFormat.CLUSTER_RECORD.read("hz", first)).isEqualTo(ClusterRecord.none("hz"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{}", "{\"data\":7}", "null"})
  void malformedRecordIsNamed(String json) {
    assertThatThrownBy(() -> RecordFormat.CLUSTER_RECORD.read("hz", json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("record of cluster hz is malformed: ");
  }

  @Test
  void policyOfSeveralClustersIsOneRecord_andAPolicyOfOneIsWrittenAsBefore() {
    KnownPolicy first =
        KnownPolicy.good(policy("a").on("c1").build(), "a.yaml", TimelineInstant.MIN);
    KnownPolicy second =
        KnownPolicy.good(policy("a").on("c2").build(), "a.yaml", TimelineInstant.MIN);
    String one = RecordFormat.KNOWN_POLICY.write(List.of(first));
    String both = RecordFormat.KNOWN_POLICY.write(List.of(first, second));

    assertThat(one).doesNotContain("others");
    assertThat(both).startsWith(one.substring(0, one.length() - 1) + ",\"others\":[{");
    assertThat(RecordFormat.KNOWN_POLICY.read("a", both)).containsExactly(first, second);
  }

  @Test
  void brokenFileOfSeveralClustersIsReadBack_andOneOfOneIsWrittenAsBefore() {
    StrayFile several = new StrayFile("a.yaml", "a", List.of("c1", "c2"), "1:1: bad");
    StrayFile one = StrayFile.of("a.yaml", "a", "c1", "1:1: bad");
    String json = RecordFormat.STRAY_FILE.write(several);

    assertThat(RecordFormat.STRAY_FILE.read("a.yaml", json)).isEqualTo(several);
    assertThat(RecordFormat.STRAY_FILE.write(one)).doesNotContain("clusters");
  }

  /** Whatever is renamed elsewhere, what is written stays. */
  @Test
  void storedTypesReachNoTypeOfTheDomain_butPromisedWords() {
    Set<Class<?>> reached = new HashSet<>();
    reach(StoredClusterRecord.class, reached);
    reach(StoredKnownPolicy.class, reached);
    reach(StoredStrayFile.class, reached);
    reach(StoredReport.class, reached);
    reach(StoredHistoryEntry.class, reached);
    assertThat(reached)
        .containsAll(PROMISED)
        .filteredOn(type -> type.getName().startsWith("dev.backstop."))
        .allMatch(
            type ->
                PROMISED.contains(type)
                    || type.getPackage().equals(RecordFormat.class.getPackage()));
  }

  private static void reach(Type type, Set<Class<?>> reached) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        reach(argument, reached);
      }
    } else if (type instanceof Class<?> simple && reached.add(simple) && simple.isRecord()) {
      for (RecordComponent component : simple.getRecordComponents()) {
        reach(component.getGenericType(), reached);
      }
    }
  }
}
