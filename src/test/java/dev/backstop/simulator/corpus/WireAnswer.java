package dev.backstop.simulator.corpus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a client can see of one answer.
 *
 * @param error the error number, 0 for none
 * @param state SQLSTATE, empty without an error
 * @param text the error's text, or what an OK packet tells
 * @param status the status flags of the last packet
 * @param info affected rows and last insert id of an OK packet
 */
record WireAnswer(
    Kind kind,
    int error,
    String state,
    String text,
    int status,
    int warnings,
    String info,
    List<Column> columns,
    List<List<@Nullable String>> rows) {

  /** Names the sorts of answers. */
  enum Kind {
    OK,
    ERROR,
    ROWS,
    /** The connection was closed instead. */
    CLOSED
  }

  /** Names what two answers may differ in, by itself. */
  enum Aspect {
    /** OK, rows, or which error with which SQLSTATE. */
    OUTCOME,
    TEXT,
    LABELS,
    TYPES,
    /** Database, table and column that a column comes from. */
    ORIGINS,
    CHARSETS,
    /** Lengths of columns of tables; of computed ones no client makes anything. */
    LENGTHS,
    /** Flags of columns of tables. */
    FLAGS,
    COMPUTED_LENGTHS,
    COMPUTED_FLAGS,
    DECIMALS,
    VALUES,
    STATUS,
    WARNINGS,
    INFO;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Describes one column by the fields of its definition. */
  record Column(
      String label, int type, String origin, int charset, long length, int flags, int decimals) {

    boolean isComputed() {
      return origin.equals("...");
    }
  }

  static WireAnswer ok(int status, int warnings, String info, String text) {
    return new WireAnswer(Kind.OK, 0, "", text, status, warnings, info, List.of(), List.of());
  }

  static WireAnswer error(int number, String state, String text) {
    return new WireAnswer(Kind.ERROR, number, state, text, 0, 0, "", List.of(), List.of());
  }

  static WireAnswer closed() {
    return new WireAnswer(Kind.CLOSED, 0, "", "", 0, 0, "", List.of(), List.of());
  }

  static WireAnswer rows(WireAnswer end, List<Column> columns, List<List<@Nullable String>> rows) {
    return end.kind() == Kind.ERROR
        ? end
        : new WireAnswer(Kind.ROWS, 0, "", "", end.status(), end.warnings(), "", columns, rows);
  }

  /** Returns each aspect of this answer as one text, to be compared and shown. */
  Map<Aspect, String> aspects() {
    Map<Aspect, String> aspects = new EnumMap<>(Aspect.class);
    aspects.put(Aspect.OUTCOME, kind + (error == 0 ? "" : " " + error + " " + state));
    aspects.put(Aspect.TEXT, text);
    aspects.put(Aspect.LABELS, each(Column::label));
    aspects.put(Aspect.TYPES, each(Column::type));
    aspects.put(Aspect.ORIGINS, each(Column::origin));
    aspects.put(Aspect.CHARSETS, each(Column::charset));
    aspects.put(Aspect.LENGTHS, each(false, Column::length));
    aspects.put(Aspect.FLAGS, each(false, column -> Integer.toHexString(column.flags())));
    aspects.put(Aspect.COMPUTED_LENGTHS, each(true, Column::length));
    aspects.put(Aspect.COMPUTED_FLAGS, each(true, column -> Integer.toHexString(column.flags())));
    aspects.put(Aspect.DECIMALS, each(Column::decimals));
    aspects.put(Aspect.VALUES, values());
    aspects.put(Aspect.STATUS, Integer.toHexString(status));
    aspects.put(Aspect.WARNINGS, String.valueOf(warnings));
    aspects.put(Aspect.INFO, info);
    return aspects;
  }

  /** Returns the aspects in which the other answer differs; of other outcomes nothing else. */
  List<Aspect> differences(WireAnswer other) {
    Map<Aspect, String> own = aspects();
    Map<Aspect, String> others = other.aspects();
    if (!Objects.equals(own.get(Aspect.OUTCOME), others.get(Aspect.OUTCOME))) {
      return List.of(Aspect.OUTCOME);
    }
    List<Aspect> differing = new ArrayList<>();
    own.forEach(
        (aspect, shown) -> {
          if (!shown.equals(others.get(aspect))) {
            differing.add(aspect);
          }
        });
    return differing;
  }

  private String each(boolean computed, Function<Column, Object> part) {
    return each(column -> column.isComputed() == computed ? part.apply(column) : "");
  }

  private String each(Function<Column, Object> part) {
    return columns.stream()
        .map(column -> String.valueOf(part.apply(column)))
        .collect(Collectors.joining(" | "));
  }

  private String values() {
    return rows.stream()
        .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" | ")))
        .collect(Collectors.joining(" / "));
  }
}
