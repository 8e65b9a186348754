package dev.backstop.jdbc;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets bytes in memory be read under an address, for the driver, which takes certificates from
 * addresses alone. All others are opened as ever.
 */
final class MemoryUrls {

  private static final String PROTOCOL = "backstop-memory";
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Map<String, byte[]> OFFERED = new ConcurrentHashMap<>();

  static {
    URL.setURLStreamHandlerFactory(protocol -> protocol.equals(PROTOCOL) ? new Handler() : null);
  }

  private MemoryUrls() {}

  /** Returns the address under which the bytes can be read until they are withdrawn. */
  static String offer(byte[] bytes) {
    String url = PROTOCOL + ":" + NUMBER.incrementAndGet();
    OFFERED.put(url, bytes);
    return url;
  }

  static void withdraw(String url) {
    OFFERED.remove(url);
  }

  private static final class Handler extends URLStreamHandler {

    @Override
    protected URLConnection openConnection(URL url) {
      return new Connection(url);
    }
  }

  private static final class Connection extends URLConnection {

    Connection(URL url) {
      super(url);
    }

    @Override
    public void connect() {}

    @Override
    public InputStream getInputStream() throws IOException {
      byte[] bytes = OFFERED.get(getURL().toExternalForm());
      if (bytes == null) {
        throw new FileNotFoundException(getURL() + " was withdrawn");
      }
      return new ByteArrayInputStream(bytes);
    }
  }
}
