package dev.backstop.jdbc;

import com.mysql.cj.conf.PropertyDefinitions.SslMode;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.net.Socket;

/** Makes the driver's sockets; it finds this class by name. */
public final class BoundedSockets extends StandardSocketFactory {

  @Override
  protected Socket createSocket(PropertySet properties) {
    boolean plain =
        properties.<SslMode>getEnumProperty(PropertyKey.sslMode).getValue() == SslMode.DISABLED;
    // Within TLS there are no packets to see from here, and nothing can be lost on the way.
    return new BoundedSocket(plain ? new PacketOrder() : null);
  }
}
