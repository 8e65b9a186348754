package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.ArchiveRow;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.ServerText;
import dev.backstop.observation.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookReaderTest {

  private static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");

  private final List<LookRow> rows =
      new ArrayList<>(
          List.of(
              row(QueryPart.CONSTANT, 1L, null, "OceanBase 3.2.3.1 (r1) (Built)", "3.2.3.1"),
              row(QueryPart.PARAMETERS, null, null, "cluster", "hz"),
              row(QueryPart.PARAMETERS, null, null, "cluster_id", "7")));

  @Test
  void readsAllParts() {
    rows.add(
        row(
            QueryPart.PARAMETERS,
            null,
            null,
            "backup_backup_dest_option",
            "log_archive_checkpoint_interval=60s&recovery_window=7d"));
    rows.add(row(QueryPart.FLAG, null, null, "1", null));
    rows.add(row(QueryPart.SETS, 5L, 1L, "BACKUP", "file:///nfs"));
    rows.add(row(QueryPart.PIECES, 6L, 1001L, "DOING", null));
    rows.add(row(QueryPart.ARCHIVE, 1L, 0L, "DOING", null));
    rows.add(row(QueryPart.TENANTS, 1001L, null, "pay", null));

    Observation seen = read(Set.of("pay", "crm"));

    assertThat(seen)
        .isEqualTo(
            new Observation(
                AT,
                "db:2881",
                new Identity("hz", 7, TenantId.SYS),
                new dev.backstop.observation.ServerVersion(List.of(3, 2, 3, 1)),
                true,
                Duration.ofSeconds(60),
                List.of(new Job(JobObject.BACKUPSET, 5, TenantId.SYS, "", "BACKUP", "file:///nfs")),
                List.of(new Job(JobObject.BACKUPPIECE, 6, new TenantId(1001), "pay", "DOING", "")),
                List.of(new ArchiveRow(TenantId.SYS, "DOING", 0)),
                Map.of("pay", new TenantId(1001)),
                null,
                null,
                List.of()));
  }

  @ParameterizedTest
  @CsvSource({"'', false", "0, false", "1, true"})
  void readsFlag(String value, boolean flag) {
    rows.add(row(QueryPart.FLAG, null, null, value, null));

    assertThat(read(Set.of()).flag()).isEqualTo(flag);
  }

  @Test
  void readsAbsentFlagAsOff() {
    assertThat(read(Set.of()).flag()).isFalse();
  }

  @Test
  void isBlindToFlag_whereItIsUnreadable() {
    BlindSpot spot = new BlindSpot(Area.FLAG, Cause.NO_PRIVILEGE, "denied");

    Observation seen = read(Set.of(), spot);

    assertThat(seen.flag()).isNull();
    assertThat(seen.blindSpots()).containsExactly(spot);
  }

  @Test
  void isBlindToFlag_whereItsValueIsUnknown() {
    rows.add(row(QueryPart.FLAG, null, null, "maybe", null));

    Observation seen = read(Set.of());

    assertThat(seen.flag()).isNull();
    assertThat(seen.blindTo(Area.FLAG)).map(BlindSpot::cause).contains(Cause.MALFORMED);
  }

  @Test
  void isBlindToView_whereOneRowIsMalformed() {
    rows.add(row(QueryPart.SETS, 5L, 1L, "BACKUP", null));
    rows.add(row(QueryPart.SETS, null, 1L, "BACKUP", null));
    rows.add(row(QueryPart.PIECES, 5L, null, "DOING", null));
    rows.add(row(QueryPart.ARCHIVE, 1L, 0L, null, null));

    Observation seen = read(Set.of());

    assertThat(seen.blindSpots())
        .extracting(BlindSpot::area)
        .containsExactly(Area.SETS, Area.PIECES, Area.ARCHIVE);
    assertThat(seen.sets()).isEmpty();
  }

  @Test
  void redactsDestinations() {
    rows.add(row(QueryPart.PIECES, 6L, 1L, "DOING", "oss://b/p?access_id=ID77&access_key=KEY77"));

    assertThat(read(Set.of()).toString()).doesNotContain("ID77", "KEY77").contains("oss://b/p");
  }

  @Test
  void isBlindToView_withTooManyJobs() {
    for (long id = 0; id <= LookRow.MAX_ROWS; id++) {
      rows.add(row(QueryPart.SETS, id, 1L, "BACKUP", ""));
    }
    rows.add(row(QueryPart.PIECES, 1L, 1L, "DOING", ""));

    Observation seen = read(Set.of());

    assertThat(seen.blindTo(Kind.DATA))
        .hasValueSatisfying(spot -> assertThat(spot.words()).contains("more than 10000 rows"));
    assertThat(seen.sets()).isEmpty();
    assertThat(seen.pieces()).hasSize(1);
    rows.remove(rows.size() - 2);
    assertThat(read(Set.of()).sets()).hasSize(LookRow.MAX_ROWS);
  }

  @Test
  void treatsCutTextAsUnknown() {
    String endless = "a_".repeat(2_000);
    rows.add(row(QueryPart.FLAG, null, null, "1" + endless, null));
    rows.add(row(QueryPart.SETS, 5L, 1L, endless, null));
    rows.add(row(QueryPart.ARCHIVE, 1L, 0L, endless, null));
    rows.add(row(QueryPart.PIECES, 6L, 1L, "DOING", endless));
    rows.set(1, row(QueryPart.PARAMETERS, null, null, "cluster", endless));

    Observation seen = read(Set.of());

    assertThat(seen.blindSpots())
        .extracting(BlindSpot::area)
        .containsExactlyInAnyOrder(Area.IDENTITY, Area.FLAG, Area.SETS, Area.ARCHIVE);
    assertThat(seen.blindTo(Area.IDENTITY))
        .hasValueSatisfying(spot -> assertThat(spot.words()).contains("2048 characters"));
    assertThat(seen.pieces())
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.destination()).hasSize(2_048);
              assertThat(job.destinationCut()).isTrue();
            });
  }

  @Test
  void treatsCutVersionAsUnknown() {
    rows.set(0, row(QueryPart.CONSTANT, 1L, null, "OceanBase 3.2" + ".1".repeat(3_000), "3.2.3.1"));

    assertThat(read(Set.of()).blindTo(Area.VERSION)).isPresent();
  }

  /** The server returns all of these: they are equal by its collation. */
  @Test
  void resolvesExactNameOnly() {
    rows.add(row(QueryPart.TENANTS, 1001L, null, "Pay", null));
    rows.add(row(QueryPart.TENANTS, 1002L, null, "p\u00e1y", null));
    rows.add(row(QueryPart.TENANTS, 1003L, null, "pay ", null));
    rows.add(row(QueryPart.TENANTS, 1004L, null, "\uff50\uff41\uff59", null));
    assertThat(read(Set.of("pay")).tenantIds()).isEmpty();

    rows.add(row(QueryPart.TENANTS, 1005L, null, "pay", null));
    assertThat(read(Set.of("pay")).tenantIds()).isEqualTo(Map.of("pay", new TenantId(1005)));
  }

  @Test
  void isBlindToIdentity_whereServersDisagree() {
    rows.add(row(QueryPart.PARAMETERS, null, null, "cluster", "other"));

    Observation seen = read(Set.of());

    assertThat(seen.identity()).isNull();
    assertThat(seen.blindTo(Area.IDENTITY))
        .hasValueSatisfying(spot -> assertThat(spot.words()).contains("parameter cluster"));
  }

  @Test
  void isBlindToIdentity_whereIdIsNoNumber() {
    rows.set(2, row(QueryPart.PARAMETERS, null, null, "cluster_id", "seven"));

    assertThat(read(Set.of()).blindTo(Area.IDENTITY))
        .hasValueSatisfying(spot -> assertThat(spot.words()).contains("seven"));
  }

  @Test
  void isBlindToVersion_whereThereIsNone() {
    rows.set(0, row(QueryPart.CONSTANT, 1L, null, "MySQL Community Server - GPL", ""));

    Observation seen = read(Set.of());

    assertThat(seen.version()).isNull();
    assertThat(seen.blindTo(Area.VERSION)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "log_archive_checkpoint_interval=5s, PT5S",
    "log_archive_checkpoint_interval=30, PT30S",
    "LOG_ARCHIVE_CHECKPOINT_INTERVAL = 1h, PT1H",
    "recovery_window=7d&log_archive_checkpoint_interval=2m, PT2M"
  })
  void readsCheckpointInterval(String option, Duration interval) {
    assertThat(CopyOption.checkpointInterval(option)).contains(interval);
  }

  @ParameterizedTest
  @CsvSource({"''", "recovery_window=7d", "log_archive_checkpoint_interval=soon"})
  void findsNoCheckpointInterval(String option) {
    assertThat(CopyOption.checkpointInterval(option)).isEmpty();
  }

  private Observation read(Set<String> names, BlindSpot... spots) {
    return new LookReader(rows, names, List.of(spots))
        .read(AT, "db:2881", SessionIdentity.of(rows));
  }

  private static LookRow row(
      QueryPart part,
      @Nullable Long n1,
      @Nullable Long n2,
      @Nullable String t1,
      @Nullable String t2) {
    return new LookRow(part.word(), n1, n2, text(t1), text(t2));
  }

  private static @Nullable ServerText text(@Nullable String text) {
    return text == null ? null : ServerText.of(text);
  }
}
