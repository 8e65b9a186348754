package dev.backstop.simulator.wire;

import dev.backstop.simulator.sql.ResultTable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes OK, ERR, EOF and result sets, in the text protocol without DEPRECATE_EOF. */
final class AnswerWriter {

  private static final int UTF8MB4_GENERAL = 45;
  private static final int BINARY = 63;
  private static final int NOT_NULL = 0x1;
  private static final int BINARY_FLAG = 0x80;
  private static final int BLOB_FLAG = 0x10;
  private static final int TIMESTAMP_FLAG = 0x400;
  private static final int IN_TRANSACTION = 0x1;
  private static final int AUTOCOMMIT = 0x2;

  /** Stands in every OK, as the server's parser of queries never looks for an index there. */
  private static final int NO_INDEX_USED = 0x20;

  private static final int BYTES_A_CHARACTER = 4;

  private final Packets packets;

  /** Holds what every answer tells of its session. */
  record Status(boolean autocommit, boolean inTransaction) {

    private int flags() {
      return (autocommit ? AUTOCOMMIT : 0) | (inTransaction ? IN_TRANSACTION : 0);
    }
  }

  AnswerWriter(Packets packets) {
    this.packets = packets;
  }

  void ok(Status status) throws IOException {
    packets.write(
        new Payload()
            .number(0, 1)
            .length(0)
            .length(0)
            .number(status.flags() | NO_INDEX_USED, 2)
            .number(0, 2)
            .toBytes());
    packets.flush();
  }

  void error(int number, String sqlState, String message) throws IOException {
    packets.write(
        new Payload()
            .number(0xff, 1)
            .number(number, 2)
            .text("#" + sqlState)
            .text(message)
            .toBytes());
    packets.flush();
  }

  /** Ends a result. */
  void endOfFile(Status status) throws IOException {
    markEnd(status.flags());
    packets.flush();
  }

  void plain(String text) throws IOException {
    packets.write(new Payload().text(text).toBytes());
    packets.flush();
  }

  void table(ResultTable table, Status status) throws IOException {
    packets.write(new Payload().length(table.columns().size()).toBytes());
    for (ResultTable.Column column : table.columns()) {
      packets.write(definition(column).toBytes());
    }
    markEnd(status.flags());
    for (List<@Nullable String> row : table.rows()) {
      Payload payload = new Payload();
      for (String value : row) {
        if (value == null) {
          payload.number(0xfb, 1);
        } else {
          payload.counted(value);
        }
      }
      packets.write(payload.toBytes());
    }
    endOfFile(status);
  }

  private void markEnd(int flags) throws IOException {
    packets.write(new Payload().number(0xfe, 1).number(0, 2).number(flags, 2).toBytes());
  }

  /** Answers COM_FIELD_LIST, in which each definition ends with a default value, here NULL. */
  void fields(ResultTable table, Status status) throws IOException {
    for (ResultTable.Column column : table.columns()) {
      packets.write(definition(column).number(0xfb, 1).toBytes());
    }
    endOfFile(status);
  }

  private static Payload definition(ResultTable.Column column) {
    boolean varchar = column.type() == ResultTable.SqlType.VARCHAR;
    boolean text = varchar || column.type() == ResultTable.SqlType.LONGTEXT;
    return new Payload()
        .counted("def")
        .counted(column.schema())
        .counted(column.table())
        .counted(column.table())
        .counted(column.label())
        .counted(column.name())
        .length(12)
        .number(text ? UTF8MB4_GENERAL : BINARY, 2)
        .number((long) column.length() * (varchar ? BYTES_A_CHARACTER : 1), 4)
        .number(code(column.type()), 1)
        .number(flags(column), 2)
        .number(column.decimals(), 1)
        .number(0, 2);
  }

  private static int flags(ResultTable.Column column) {
    int nullable = column.nullable() ? 0 : NOT_NULL;
    boolean computed = column.table().isEmpty();
    return switch (column.type()) {
      case BIGINT, INT, DECIMAL -> nullable | (computed ? BINARY_FLAG : 0);
      case TIMESTAMP -> nullable | BINARY_FLAG | TIMESTAMP_FLAG;
      case DATETIME, NULL -> nullable | BINARY_FLAG;
      case LONGTEXT -> nullable | BLOB_FLAG;
      case VARCHAR -> nullable;
    };
  }

  private static int code(ResultTable.SqlType type) {
    return switch (type) {
      case INT -> 3;
      case NULL -> 6;
      case TIMESTAMP -> 7;
      case BIGINT -> 8;
      case DATETIME -> 12;
      case DECIMAL -> 246;
      case LONGTEXT -> 252;
      case VARCHAR -> 253;
    };
  }
}
