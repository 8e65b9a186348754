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
  private static final int NUMBER_FLAG = 0x8000;
  private static final int AUTOCOMMIT = 0x2;
  private static final int BYTES_A_CHARACTER = 4;

  private final Packets packets;

  AnswerWriter(Packets packets) {
    this.packets = packets;
  }

  void ok(boolean autocommit) throws IOException {
    packets.write(
        new Payload()
            .number(0, 1)
            .length(0)
            .length(0)
            .number(status(autocommit), 2)
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

  void endOfFile(boolean autocommit) throws IOException {
    packets.write(
        new Payload().number(0xfe, 1).number(0, 2).number(status(autocommit), 2).toBytes());
    packets.flush();
  }

  void plain(String text) throws IOException {
    packets.write(new Payload().text(text).toBytes());
    packets.flush();
  }

  private static int status(boolean autocommit) {
    return autocommit ? AUTOCOMMIT : 0;
  }

  void table(ResultTable table, boolean autocommit) throws IOException {
    packets.write(new Payload().length(table.columns().size()).toBytes());
    for (ResultTable.Column column : table.columns()) {
      packets.write(definition(column).toBytes());
    }
    markEnd(autocommit);
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
    endOfFile(autocommit);
  }

  private void markEnd(boolean autocommit) throws IOException {
    packets.write(
        new Payload().number(0xfe, 1).number(0, 2).number(status(autocommit), 2).toBytes());
  }

  /** Answers COM_FIELD_LIST, in which each definition ends with a default value, here NULL. */
  void fields(ResultTable table, boolean autocommit) throws IOException {
    for (ResultTable.Column column : table.columns()) {
      packets.write(definition(column).number(0xfb, 1).toBytes());
    }
    endOfFile(autocommit);
  }

  private static Payload definition(ResultTable.Column column) {
    boolean text = column.type() == ResultTable.Type.VARCHAR;
    return new Payload()
        .counted("def")
        .counted(column.schema())
        .counted(column.table())
        .counted(column.table())
        .counted(column.label())
        .counted(column.name())
        .length(12)
        .number(text ? UTF8MB4_GENERAL : BINARY, 2)
        .number((long) column.length() * (text ? BYTES_A_CHARACTER : 1), 4)
        .number(code(column.type()), 1)
        .number(flags(column), 2)
        .number(column.decimals(), 1)
        .number(0, 2);
  }

  private static int flags(ResultTable.Column column) {
    int flags = column.nullable() ? 0 : NOT_NULL;
    return switch (column.type()) {
      case BIGINT, DECIMAL, DOUBLE -> flags | BINARY_FLAG | NUMBER_FLAG;
      case DATETIME, TIMESTAMP, DATE, TIME, NULL -> flags | BINARY_FLAG;
      case VARCHAR -> flags;
    };
  }

  private static int code(ResultTable.Type type) {
    return switch (type) {
      case DOUBLE -> 5;
      case NULL -> 6;
      case TIMESTAMP -> 7;
      case BIGINT -> 8;
      case DATE -> 10;
      case TIME -> 11;
      case DATETIME -> 12;
      case DECIMAL -> 246;
      case VARCHAR -> 253;
    };
  }
}
