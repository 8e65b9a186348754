package dev.backstop.store;

import dev.backstop.jdbc.SqliteData;
import dev.backstop.reconcile.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Opens a SQLite file as a store: checks one that is there, creates one that is not. */
final class SqliteOpening {

  private final Path file;

  SqliteOpening(Path file) {
    this.file = file.toAbsolutePath();
  }

  StoreOpening read() {
    Optional<StoreOpening> amiss = lookAtFiles();
    return amiss.orElseGet(
        () -> check(new SqliteAtReading(file), Access.READ, StoreOpening.Result.OPENED));
  }

  StoreOpening write() {
    Optional<StoreOpening> amiss = lookAtFiles();
    if (amiss.isEmpty()) {
      return check(new SqliteDatabase(file), Access.WRITE, StoreOpening.Result.OPENED);
    }
    if (amiss.get().result() != StoreOpening.Result.ABSENT) {
      return amiss.get();
    }
    boolean first = create();
    return check(
        new SqliteDatabase(file),
        Access.WRITE,
        first ? StoreOpening.Result.CREATED : StoreOpening.Result.OPENED);
  }

  /** Returns what the files alone tell against opening; empty where nothing does. */
  private Optional<StoreOpening> lookAtFiles() {
    if (!Files.exists(file)) {
      // SQLite would take a log without its database for the log of a new one.
      return Optional.of(
          Files.exists(StoreFiles.log(file))
              ? unreadable(
                  "is gone, but its log " + StoreFiles.log(file).getFileName() + " is there")
              : StoreOpening.absent());
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of(unreadable("is no file"));
    }
    if (!Files.isReadable(file)) {
      return Optional.of(unreadable("can't be read; check its owner and mode"));
    }
    // SQLite would take an empty file for a new database; ours is never empty.
    return file.toFile().length() == 0 ? Optional.of(unreadable("is empty")) : Optional.empty();
  }

  private StoreOpening check(Database database, Access access, StoreOpening.Result result) {
    StoreOpening opening;
    try {
      opening = checked(database, access, result);
    } catch (SQLException e) {
      database.close();
      SqliteTrouble trouble = SqliteTrouble.of(e);
      if (trouble.failsTheCheck()) {
        return StoreOpening.unreadable(trouble.about(file, e));
      }
      throw SqliteTrouble.explain(file, e);
    }
    if (opening.store() == null) {
      database.close();
    }
    return opening;
  }

  private StoreOpening checked(Database database, Access access, StoreOpening.Result result)
      throws SQLException {
    // Only whoever goes on to write reads the whole file, which takes a second for each gigabyte.
    List<String> faults =
        access == Access.READ
            ? List.of()
            : database.read(
                connection ->
                    Rows.list(connection, "PRAGMA quick_check(1)", row -> row.getString(1)));
    if (!faults.isEmpty() && !faults.get(0).equals("ok")) {
      return unreadable("is damaged: " + faults.get(0).replace('\n', ' '));
    }
    int version = database.read(Schema::version);
    if (version == 0) {
      return unreadable("is a SQLite database, but not a store of Backstop");
    }
    if (version > Schema.LATEST) {
      return unreadable(
          "was written by a newer Backstop (schema %d, this program knows %d); use that program"
              .formatted(version, Schema.LATEST));
    }
    if (version < Schema.LATEST) {
      if (access == Access.READ) {
        return unreadable(
            "was written by an older Backstop (schema %d, this program knows %d); run or apply"
                    .formatted(version, Schema.LATEST)
                + " brings it up to date");
      }
      migrate(database);
    }
    return StoreOpening.opened(result, new JdbcStore(database));
  }

  private static void migrate(Database database) throws SQLException {
    database.write(
        connection -> {
          Schema.migrate(connection);
          return true;
        });
  }

  /**
   * Makes a new store beside its place and puts it there when it is whole, so that neither a crash
   * nor a second process ever finds half of one.
   *
   * @return false where another process was first
   */
  private boolean create() {
    Path folder = file.getParent();
    Path draft = StoreFiles.beside(file, "." + ProcessHandle.current().pid() + ".new");
    try {
      if (folder != null) {
        Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
      }
      Files.deleteIfExists(draft);
      Files.createFile(draft, ownerOnly(draft, "rw-------"));
      try (Connection connection = SqliteData.write(draft)) {
        Transaction.run(
            connection,
            inside -> {
              Schema.migrate(inside);
              return true;
            });
      }
      return place(draft);
    } catch (IOException e) {
      throw new StoreException(
          "the state store "
              + file
              + " can't be created: "
              + e
              + "; check the folder's owner and mode",
          e);
    } catch (SQLException e) {
      throw SqliteTrouble.explain(file, e);
    }
  }

  private boolean place(Path draft) throws IOException {
    try {
      Files.createLink(file, draft);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file);
      return true;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String mode) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private StoreOpening unreadable(String what) {
    return StoreOpening.unreadable("the state store " + file + " " + what);
  }
}
