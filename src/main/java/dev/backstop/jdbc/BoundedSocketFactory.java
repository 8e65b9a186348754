package dev.backstop.jdbc;

import com.mysql.cj.NativeSession;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.ServerSession;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import javax.net.ssl.SSLSocket;

/**
 * Creates the driver's sockets, with the limits of a login; the driver loads this class by name.
 */
public final class BoundedSocketFactory extends StandardSocketFactory {

  /** Sets the limits of a connection from now on. */
  static void limit(Connection connection, ResponseLimits limits) throws SQLException {
    NativeSession session = (NativeSession) connection.unwrap(JdbcConnection.class).getSession();
    try {
      ((ResponseLimits.Limited) session.getProtocol().getSocketConnection().getMysqlSocket())
          .limits(limits);
    } catch (IOException e) {
      throw new SQLException("closed meanwhile", "08S01", e);
    }
  }

  @Override
  protected Socket createSocket(PropertySet properties) {
    return new BoundedSocket(ResponseLimits.LOGIN);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends Closeable> T performTlsHandshake(
      SocketConnection connection, ServerSession session, Log log) throws IOException {
    SSLSocket tls = super.performTlsHandshake(connection, session, log);
    sslSocket = new CheckedTlsSocket(tls, ResponseLimits.LOGIN);
    return (T) sslSocket;
  }
}
