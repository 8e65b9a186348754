package dev.backstop.store;

import dev.backstop.jdbc.SqliteConnections;
import dev.backstop.state.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  StoreOpening read(Access access) {
    return lookAtFiles(access)
        .or(() -> check(access))
        .orElseGet(() -> opened(new SqliteAtReading(file)));
  }

  StoreOpening write(Access access) {
    Optional<StoreOpening> amiss = lookAtFiles(access);
    boolean first = false;
    if (access == Access.WRITE && isAbsent(amiss)) {
      first = create();
      amiss = Optional.empty();
    }
    amiss = amiss.or(() -> check(access));
    if (amiss.isPresent()) {
      return amiss.get();
    }
    // Only now it is known to be ours.
    List.of(file, StoreFiles.log(file), StoreFiles.index(file)).forEach(OwnerOnly::tighten);
    Database database = new SqliteDatabase(file);
    try {
      migrate(database);
    } catch (SQLException e) {
      database.close();
      throw SqliteTrouble.explain(file, e);
    }
    return first
        ? StoreOpening.opened(StoreOpening.Result.CREATED, new JdbcStore(database))
        : opened(database);
  }

  private static boolean isAbsent(Optional<StoreOpening> amiss) {
    return amiss.isPresent() && amiss.get().result() == StoreOpening.Result.ABSENT;
  }

  private static StoreOpening opened(Database database) {
    return StoreOpening.opened(StoreOpening.Result.OPENED, new JdbcStore(database));
  }

  /** Returns what the files alone tell against opening; empty where nothing does. */
  private Optional<StoreOpening> lookAtFiles(Access access) {
    FileProbe probe = FileProbe.of(file);
    return switch (probe.answer()) {
      case ABSENT -> Optional.of(absent());
      case DENIED -> Optional.of(denied(access, probe.words()));
      case UNKNOWN -> Optional.of(unreadable(probe.words()));
      case PRESENT -> lookAtFile(access);
    };
  }

  /** SQLite would take a log without its database for the log of a new one. */
  private StoreOpening absent() {
    Path log = StoreFiles.log(file);
    return FileProbe.of(log).answer() == FileProbe.Answer.ABSENT
        ? StoreOpening.absent()
        : unreadable("is gone, but its log " + log.getFileName() + " is there");
  }

  /** The daemon holds every cluster for it; a person learns who may read it. */
  private StoreOpening denied(Access access, String words) {
    return access == Access.READ
        ? StoreOpening.denied("the state store " + file + " " + words)
        : unreadable(words + "; check its owner and mode");
  }

  private Optional<StoreOpening> lookAtFile(Access access) {
    if (!Files.isRegularFile(file)) {
      return Optional.of(unreadable("is no file"));
    }
    if (!Files.isReadable(file)) {
      return Optional.of(denied(access, "can't be read: permission denied"));
    }
    // SQLite would take an empty file for a new database; ours is never empty.
    return file.toFile().length() == 0 ? Optional.of(unreadable("is empty")) : Optional.empty();
  }

  /** Returns what the content tells against opening; empty where nothing does. */
  private Optional<StoreOpening> check(Access access) {
    try (Database database = new SqliteAtReading(file)) {
      Optional<StoreOpening> damage =
          access == Access.READ ? Optional.empty() : checkPages(database);
      return damage.isPresent() ? damage : checkVersion(database.read(Schema::version), access);
    } catch (SQLException e) {
      SqliteTrouble trouble = SqliteTrouble.of(e);
      if (trouble.failsTheCheck()) {
        return Optional.of(StoreOpening.unreadable(trouble.about(file, e)));
      }
      throw SqliteTrouble.explain(file, e);
    }
  }

  /**
   * Reads the whole file, a second for each gigabyte or so; who only shows what is there skips it.
   */
  private Optional<StoreOpening> checkPages(Database database) throws SQLException {
    List<String> faults =
        database.read(
            connection -> Rows.list(connection, "PRAGMA quick_check(1)", row -> row.getString(1)));
    return faults.stream()
        .filter(fault -> !fault.equals("ok"))
        .map(fault -> unreadable("is damaged: " + fault.replace('\n', ' ')))
        .findFirst();
  }

  private Optional<StoreOpening> checkVersion(int version, Access access) {
    if (version == 0) {
      return Optional.of(unreadable("is a SQLite database, but not a store of Backstop"));
    }
    return Schema.mismatch(version, access).map(this::unreadable);
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
        OwnerOnly.createFolders(folder);
      }
      Files.deleteIfExists(draft);
      Files.createFile(draft, OwnerOnly.file(draft));
      OwnerOnly.handOver(draft);
      try (Connection connection = SqliteConnections.openForWriting(draft)) {
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

  private StoreOpening unreadable(String what) {
    return StoreOpening.unreadable("the state store " + file + " " + what);
  }
}
