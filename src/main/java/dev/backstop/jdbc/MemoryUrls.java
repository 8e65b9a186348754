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
 * Registry of URLs that lead to bytes in memory, as the driver reads certificates from URLs only.
 * Thread-safe.
 */
final class MemoryUrls {

  private static final String PROTOCOL = "backstop-memory";
  private static final AtomicLong LAST_NUMBER = new AtomicLong();
  private static final Map<String, byte[]> CONTENT = new ConcurrentHashMap<>();

  static {
    URL.setURLStreamHandlerFactory(protocol -> protocol.equals(PROTOCOL) ? new Handler() : null);
  }

  private MemoryUrls() {}

  /** Returns a URL under which the bytes can be read until they are removed. */
  static String add(byte[] bytes) {
    String url = PROTOCOL + ":" + LAST_NUMBER.incrementAndGet();
    CONTENT.put(url, bytes);
    return url;
  }

  static void remove(String url) {
    CONTENT.remove(url);
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
      byte[] bytes = CONTENT.get(getURL().toExternalForm());
      if (bytes == null) {
        throw new FileNotFoundException(getURL() + " was removed");
      }
      return new ByteArrayInputStream(bytes);
    }
  }
}
