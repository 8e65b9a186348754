package dev.backstop.store;

import dev.backstop.config.StateSettings;
import dev.backstop.state.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of opening the store.
 *
 * @param result what was found
 * @param store the store; null unless OPENED or CREATED
 * @param words what is wrong and with which file; empty unless UNREADABLE or DENIED
 */
public record StoreOpening(Result result, @Nullable JdbcStore store, String words) {

  /** What can be found. */
  public enum Result {
    /** It was there and passed its check. */
    OPENED,
    /** It was not there and has been created: a first start. */
    CREATED,
    /** It is not there, and reading creates nothing. */
    ABSENT,
    /** It is there and fails its check; it is never replaced without a person. */
    UNREADABLE,
    /** This user may not read it; whether it is there, and whole, is not known. */
    DENIED
  }

  /**
   * Opens a store, as far as it is there and whole.
   *
   * @throws StoreException where it can't be told for now: locked, a full disk, no connection
   */
  public static StoreOpening open(StateSettings state, Access access) {
    Optional<Path> file = StoreFiles.file(state);
    if (state.url().startsWith("jdbc:mysql://")) {
      return new MysqlOpening(state).open(access);
    }
    if (file.isEmpty()) {
      throw new StoreException(
          "state.url must begin with jdbc:sqlite: or jdbc:mysql://, not "
              + state.url().replaceAll("//.*", "//..."));
    }
    SqliteOpening opening = new SqliteOpening(file.get());
    return switch (access) {
      case READ, INSPECT -> opening.read(access);
      case CHANGE, WRITE -> opening.write(access);
    };
  }

  static StoreOpening opened(Result result, JdbcStore store) {
    return new StoreOpening(result, store, "");
  }

  static StoreOpening absent() {
    return new StoreOpening(Result.ABSENT, null, "");
  }

  static StoreOpening denied(String words) {
    return new StoreOpening(Result.DENIED, null, words);
  }

  static StoreOpening unreadable(String words) {
    return new StoreOpening(Result.UNREADABLE, null, words);
  }
}
