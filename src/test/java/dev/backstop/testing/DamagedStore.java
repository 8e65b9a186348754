package dev.backstop.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Damages a SQLite store in a place that only reading all of it finds. */
public final class DamagedStore {

  private static final String INDEX =
      "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size"
          + " WHERE name = 'history_by_cluster'";

  private DamagedStore() {}

  /** Writes over an index of history, in a file that nobody has open. */
  public static void damageIndex(Path file) throws SQLException, IOException {
    byte[] garbage;
    long place;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(INDEX)) {
      row.next();
      garbage = new byte[row.getInt("page_size")];
      place = (row.getLong("rootpage") - 1) * garbage.length;
    }
    Arrays.fill(garbage, (byte) 0x5a);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(place);
      bytes.write(garbage);
    }
  }
}
