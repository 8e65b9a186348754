package dev.backstop.oceanbase;

import dev.backstop.observation.ServerText;
import dev.backstop.observation.ServerVersion;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Immutable identity of the server behind a session; null is what it did not show.
 *
 * @param tenantId the session's tenant
 * @param versionComment the variable {@code version_comment}
 * @param number the value of {@code ob_version()}
 * @param nameText the parameter {@code cluster}
 * @param idText the parameter {@code cluster_id}
 * @param copyOption the parameter {@code backup_backup_dest_option}
 * @param destination the parameter {@code backup_backup_dest}
 * @param clock seconds since 1970 in UTC by the server's clock
 */
record SessionIdentity(
    @Nullable Long tenantId,
    @Nullable ServerText versionComment,
    @Nullable ServerText number,
    @Nullable ServerText nameText,
    @Nullable ServerText idText,
    @Nullable ServerText copyOption,
    @Nullable ServerText destination,
    @Nullable Long clock) {

  private static final ServerText NO_TEXT = new ServerText("", false);

  static final SessionIdentity NONE = new SessionIdentity(null, null, null, null, null);

  /** Shows who answers, and nothing of the copy. */
  SessionIdentity(
      @Nullable Long tenantId,
      @Nullable ServerText versionComment,
      @Nullable ServerText number,
      @Nullable ServerText nameText,
      @Nullable ServerText idText) {
    this(tenantId, versionComment, number, nameText, idText, null, null, null);
  }

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

  /** Returns the identity in the rows of a look. */
  static SessionIdentity of(List<LookRow> rows) {
    return new SessionIdentity(
        first(rows, QueryPart.CONSTANT, LookRow::n1),
        first(rows, QueryPart.CONSTANT, LookRow::t1),
        first(rows, QueryPart.CONSTANT, LookRow::t2),
        parameter(rows, "cluster"),
        parameter(rows, "cluster_id"),
        parameter(rows, "backup_backup_dest_option"),
        parameter(rows, "backup_backup_dest"),
        first(rows, QueryPart.CONSTANT, LookRow::n2));
  }

  private static <T> @Nullable T first(
      List<LookRow> rows, QueryPart part, Function<LookRow, @Nullable T> column) {
    for (LookRow row : rows) {
      T value = row.isOf(part) ? column.apply(row) : null;
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable ServerText parameter(List<LookRow> rows, String name) {
    ServerText key = new ServerText(name, false);
    List<ServerText> values =
        rows.stream()
            .filter(row -> row.isOf(QueryPart.PARAMETERS) && key.equals(row.t1()))
            .map(row -> Objects.requireNonNullElse(row.t2(), NO_TEXT))
            .toList();
    return agreed(values);
  }

  /** Returns the value that all servers show; null where they differ or there is none. */
  static @Nullable ServerText agreed(List<ServerText> values) {
    return values.stream().distinct().count() == 1 ? values.get(0) : null;
  }

  /** Returns this identity, completed by another one of the same session. */
  SessionIdentity orElse(SessionIdentity other) {
    return new SessionIdentity(
        tenantId == null ? other.tenantId : tenantId,
        versionComment == null ? other.versionComment : versionComment,
        number == null ? other.number : number,
        nameText == null ? other.nameText : nameText,
        idText == null ? other.idText : idText,
        copyOption == null ? other.copyOption : copyOption,
        destination == null ? other.destination : destination,
        clock == null ? other.clock : clock);
  }
}
