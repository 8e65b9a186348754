package dev.backstop.jdbc;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.ServerSession;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Makes the driver's sockets for clusters; it finds this class by name. */
public class BoundedSockets extends StandardSocketFactory {

  private final AnswerBounds bounds;

  /** Makes sockets with the bounds of a login. */
  public BoundedSockets() {
    this(AnswerBounds.LOGIN);
  }

  BoundedSockets(AnswerBounds bounds) {
    this.bounds = bounds;
  }

  @Override
  protected Socket createSocket(PropertySet properties) {
    return new BoundedSocket(bounds);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends Closeable> T performTlsHandshake(
      SocketConnection connection, ServerSession session, Log log) throws IOException {
    SSLSocket secured = super.performTlsHandshake(connection, session, log);
    sslSocket = new SecuredSocket(secured, bounds);
    return (T) sslSocket;
  }
}
