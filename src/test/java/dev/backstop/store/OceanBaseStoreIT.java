package dev.backstop.store;

import dev.backstop.kernel.Kernel;
import dev.backstop.kernel.OnKernel;
import java.sql.SQLException;

/** Runs the store's promises on an OceanBase kernel. */
@OnKernel
class OceanBaseStoreIT extends ServerStoreContract {

  @Override
  int port() {
    return Kernel.shared().port();
  }

  @Override
  void grant(String database, String user) throws SQLException {
    asRoot("CREATE USER IF NOT EXISTS " + user + " IDENTIFIED BY '" + PASSWORD + "'");
    asRoot("GRANT ALL ON " + database + ".* TO " + user);
  }
}
