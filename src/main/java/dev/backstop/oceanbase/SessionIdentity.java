package dev.backstop.oceanbase;

import dev.backstop.observation.ServerText;
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
 * @param nameText the parameter {@code cluster}
 * @param idText the parameter {@code cluster_id}
 * @param copyOption the parameter {@code backup_backup_dest_option}
 */
record SessionIdentity(
    @Nullable Long tenantId,
    @Nullable ServerText versionComment,
    @Nullable ServerText number,
    @Nullable ServerText nameText,
    @Nullable ServerText idText,
    @Nullable ServerText copyOption) {

  private static final ServerText NO_TEXT = new ServerText("", false);

  static final SessionIdentity NOTHING = new SessionIdentity(null, null, null, null, null, null);

  boolean hasIdentity() {
    return tenantId != null && name() != null && id() != null;
  }

  /** Returns the cluster's name; null where it was not shown whole. */
  @Nullable String name() {
    return whole(nameText);
  }

  /** Returns the cluster's id; null where it was not shown whole. */
  @Nullable String id() {
    return whole(idText);
  }

  private static @Nullable String whole(@Nullable ServerText text) {
    return text == null || text.wasCut() ? null : text.shown();
  }

  /** Returns the version, null where neither text names one. */
  @Nullable ServerVersion version() {
    return ServerVersion.read(
            Objects.requireNonNullElse(versionComment, NO_TEXT),
            Objects.requireNonNullElse(number, NO_TEXT))
        .orElse(null);
  }

  /** Reads it from a look's answer. */
  static SessionIdentity of(List<LookRow> rows) {
    return new SessionIdentity(
        first(rows, QueryPart.CONSTANT, LookRow::n1),
        first(rows, QueryPart.CONSTANT, LookRow::t1),
        first(rows, QueryPart.CONSTANT, LookRow::t2),
        parameter(rows, "cluster"),
        parameter(rows, "cluster_id"),
        parameter(rows, "backup_backup_dest_option"));
  }

  private static <T> @Nullable T first(
      List<LookRow> rows, QueryPart arm, Function<LookRow, @Nullable T> column) {
    for (LookRow row : rows) {
      T value = row.isOf(arm) ? column.apply(row) : null;
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable ServerText parameter(List<LookRow> rows, String name) {
    ServerText wanted = new ServerText(name, false);
    List<ServerText> values =
        rows.stream()
            .filter(row -> row.isOf(QueryPart.PARAMETERS) && wanted.equals(row.t1()))
            .map(row -> Objects.requireNonNullElse(row.t2(), NO_TEXT))
            .toList();
    return agreed(values);
  }

  /** Returns the one value that all servers show; null where they differ or none shows one. */
  static @Nullable ServerText agreed(List<ServerText> values) {
    return values.stream().distinct().count() == 1 ? values.get(0) : null;
  }

  /** Fills the gaps from another reading of the same session. */
  SessionIdentity or(SessionIdentity other) {
    return new SessionIdentity(
        tenantId == null ? other.tenantId : tenantId,
        versionComment == null ? other.versionComment : versionComment,
        number == null ? other.number : number,
        nameText == null ? other.nameText : nameText,
        idText == null ? other.idText : idText,
        copyOption == null ? other.copyOption : copyOption);
  }
}
