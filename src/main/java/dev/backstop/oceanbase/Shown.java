package dev.backstop.oceanbase;

import dev.backstop.observation.ServerVersion;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a session showed of who answers; null is what was not shown.
 *
 * @param tenantId the session's tenant
 * @param versionComment the variable {@code version_comment}
 * @param number what {@code ob_version()} answers
 * @param name the parameter {@code cluster}
 * @param id the parameter {@code cluster_id}
 * @param copyOption the parameter {@code backup_backup_dest_option}
 */
record Shown(
    @Nullable Long tenantId,
    @Nullable String versionComment,
    @Nullable String number,
    @Nullable String name,
    @Nullable String id,
    @Nullable String copyOption) {

  static final Shown NOTHING = new Shown(null, null, null, null, null, null);

  boolean hasIdentity() {
    return tenantId != null && name != null && id != null;
  }

  /** Returns the version, null where neither text names one. */
  @Nullable ServerVersion version() {
    return ServerVersion.read(
            Objects.requireNonNullElse(versionComment, ""), Objects.requireNonNullElse(number, ""))
        .orElse(null);
  }

  /** Reads it from a look's answer. */
  static Shown of(List<LookRow> rows) {
    return new Shown(
        first(rows, Arm.CONSTANT, LookRow::n1),
        first(rows, Arm.CONSTANT, LookRow::t1),
        first(rows, Arm.CONSTANT, LookRow::t2),
        parameter(rows, "cluster"),
        parameter(rows, "cluster_id"),
        parameter(rows, "backup_backup_dest_option"));
  }

  private static <T> @Nullable T first(
      List<LookRow> rows, Arm arm, Function<LookRow, @Nullable T> column) {
    for (LookRow row : rows) {
      T value = row.isOf(arm) ? column.apply(row) : null;
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String parameter(List<LookRow> rows, String name) {
    List<String> values =
        rows.stream()
            .filter(row -> row.isOf(Arm.PARAMETERS) && name.equals(row.t1()))
            .map(row -> Objects.requireNonNullElse(row.t2(), ""))
            .toList();
    return agreed(values);
  }

  /** Returns the one value that all servers show; null where they differ or none shows one. */
  static @Nullable String agreed(List<String> values) {
    return values.stream().distinct().count() == 1 ? values.get(0) : null;
  }

  /** Fills the gaps from another reading of the same session. */
  Shown or(Shown other) {
    return new Shown(
        tenantId == null ? other.tenantId : tenantId,
        versionComment == null ? other.versionComment : versionComment,
        number == null ? other.number : number,
        name == null ? other.name : name,
        id == null ? other.id : id,
        copyOption == null ? other.copyOption : copyOption);
  }
}
