package dev.backstop.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JdbcNotificationsTest extends NotificationRecordsContract {

  @TempDir private Path folder;
  private JdbcStore store;

  @BeforeEach
  void open() {
    store = JdbcStoreTest.open(folder.resolve("backstop.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected JdbcStore store() {
    return store;
  }
}
