package dev.backstop.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A receiver of messages that keeps what it gets, and answers as told, or never. */
public final class FakeWebhook implements AutoCloseable {

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile String answer = "{\"errcode\":0,\"code\":0}";
  private volatile @Nullable String location;
  private volatile boolean isHanging;

  /** One request as it arrived. */
  public record Received(String method, URI uri, Map<String, List<String>> headers, String body) {}

  /** Starts at a free port of the loopback address. */
  public FakeWebhook() {
    this(null);
  }

  /** Starts with TLS, or without where there is no context. */
  public FakeWebhook(@Nullable SSLContext tls) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls == null) {
        server = HttpServer.create(address, 0);
      } else {
        HttpsServer secured = HttpsServer.create(address, 0);
        secured.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = secured;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scheme = tls == null ? "http" : "https";
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Returns the address of a path here. */
  public String url(String path) {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Sets what it answers from now on. */
  public void answers(int code, String body) {
    status = code;
    answer = body;
  }

  /** Answers from now on that what is asked for lies elsewhere. */
  public void redirectsTo(String elsewhere) {
    status = 302;
    location = elsewhere;
  }

  /** Takes requests from now on without answering. */
  public void hangs() {
    isHanging = true;
  }

  /** Lists what has arrived, in order. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Lists the bodies that have arrived, in order. */
  public List<String> bodies() {
    return received.stream().map(Received::body).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            Map.copyOf(exchange.getRequestHeaders()),
            body));
    try {
      if (isHanging) {
        closing.await();
      }
      if (location != null) {
        exchange.getResponseHeaders().add("Location", location);
      }
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
