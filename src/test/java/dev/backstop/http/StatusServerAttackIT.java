package dev.backstop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks the server over raw sockets. */
@Execution(ExecutionMode.CONCURRENT)
class StatusServerAttackIT {

  private static final List<String> PROTECTION =
      List.of(
          "X-content-type-options: nosniff",
          "X-frame-options: DENY",
          "Content-security-policy: default-src 'none'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          "Referrer-policy: no-referrer",
          "Cross-origin-resource-policy: same-origin",
          "Cross-origin-opener-policy: same-origin",
          "Cache-control: no-store");

  /** Small enough not to be counted, and more than the first send buffer of a socket. */
  private static final byte[] MEDIUM = new byte[16_384];

  private static final byte[] LARGE = new byte[32 << 20];

  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final StatusServer server = server("127.0.0.1");

  private static StatusServer server(String host) {
    return new StatusServer(
        host,
        0,
        Map.of(
            "/",
            parameters -> Page.text(200, "index"),
            "/medium",
            parameters -> new Page(200, "text/plain", MEDIUM),
            "/large",
            parameters -> new Page(200, "text/plain", LARGE),
            "/echo",
            parameters -> Page.text(400, "no: " + parameters),
            "/broken",
            parameters -> {
              throw new IllegalStateException("inside");
            }),
        (path, cause) -> {});
  }

  @BeforeEach
  void open() throws IOException {
    server.start();
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private Socket connect() throws IOException {
    return connect(server);
  }

  private Socket connect(StatusServer to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
    sockets.add(socket);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends a request that asks for the connection to be closed, and returns all that comes back. */
  private String answer(String request) throws IOException {
    try (Socket socket = connect()) {
      try {
        send(socket, request);
      } catch (SocketException closed) {
        // It may refuse and close before it has taken all of a long request.
        return rest(socket) + "(closed)";
      }
      return rest(socket);
    }
  }

  private static String rest(Socket socket) throws IOException {
    StringBuilder all = new StringBuilder();
    byte[] buffer = new byte[8_192];
    try {
      for (int n = socket.getInputStream().read(buffer); n >= 0; n = read(socket, buffer)) {
        all.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("it neither answers nor closes; so far: " + all, e);
    } catch (IOException e) {
      return all + "(reset)";
    }
    return all.toString();
  }

  private static int read(Socket socket, byte[] buffer) throws IOException {
    return socket.getInputStream().read(buffer);
  }

  private static String get(String target) {
    return get(target, "Host: localhost\r\n");
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
  }

  private void assertOthersAreServed() throws IOException {
    assertThat(answer(get("/"))).startsWith("HTTP/1.1 200").endsWith("index\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "POST",
        "PROPFIND",
        "get",
        "GETS",
        "G\u00ffT",
        "\1"
      })
  void refusesOtherMethods(String method) throws IOException {
    String answer = answer(get("/").replaceFirst("GET", method));
    assertThat(answer).startsWith("HTTP/1.1 405").contains("Allow: GET, HEAD");
    assertThat(answer).contains(PROTECTION);
  }

  @ParameterizedTest
  @CsvSource({
    "/, 200",
    "/nowhere, 404",
    "/?a=%zz, 400",
    "/broken, 500",
    "/echo?a=1, 400",
  })
  void addsSecurityHeaders(String target, int status) throws IOException {
    String answer = answer(get(target));
    assertThat(answer).startsWith("HTTP/1.1 " + status).contains(PROTECTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: evil.example:9466\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
        "Host: \r\n",
        "Host: [::1\r\n",
        "Host: [::1]evil\r\n",
        "Host: [127.0.0.1]:1.evil.com\r\n",
        "Host: [127.0.0.1]\r\n",
        "Host: [localhost]\r\n",
        "Host: ::1\r\n",
        "Host: localhost:\r\n",
        "Host: localhost:9466:1\r\n",
        "Host: localhost:-1\r\n",
        "Host: localhost:123456\r\n",
        "Host: localhost:\u0663\r\n",
        "Host: 127.0.0.1:80@evil.com\r\n",
        "Host: 127.0.0.1@evil.com\r\n",
        "Host: localhost evil.com\r\n",
      })
  void refusesReboundHost(String host) throws IOException {
    String answer = answer(get("/", host));
    assertThat(answer).startsWith("HTTP/1.1 421").contains(PROTECTION).doesNotContain("evil");
  }

  @Test
  void refusesCrossSiteRequest() throws IOException {
    String from = "Host: localhost\r\nSec-Fetch-Site: ";
    assertThat(answer(get("/", from + "cross-site\r\n")))
        .startsWith("HTTP/1.1 403")
        .contains(PROTECTION)
        .doesNotContain("index");
    assertThat(answer(get("/", from + "Cross-Site\r\n"))).startsWith("HTTP/1.1 403");
    for (String own : List.of("none", "same-origin")) {
      assertThat(answer(get("/", from + own + "\r\n"))).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost\r\n",
        "Host: LOCALHOST:9466\r\n",
        "Host: 127.0.0.1:1\r\n",
        "Host: [::1]:9466\r\n",
        "",
      })
  void acceptsLoopbackNames(String host) throws IOException {
    assertThat(answer(get("/", host))).startsWith("HTTP/1.1 200");
  }

  @Test
  void refusesAbsoluteTargetOfOtherHost() throws IOException {
    assertThat(answer(get("http://evil.example/"))).startsWith("HTTP/1.1 421");
    assertThat(answer(get("http://localhost:x@evil.example/"))).startsWith("HTTP/1.1 421");
    assertThat(answer(get("http://localhost@evil.example/"))).startsWith("HTTP/1.1 421");
    assertThat(answer(get("http://localhost/"))).startsWith("HTTP/1.1 200");
  }

  @Test
  void acceptsEveryName_onOtherAddresses() throws IOException {
    StatusServer open = server("0.0.0.0");
    open.start();
    try (Socket socket = connect(open)) {
      send(socket, get("/", "Host: backstop.example\r\n"));
      assertThat(rest(socket)).startsWith("HTTP/1.1 200");
    } finally {
      open.close();
    }
    assertThat(StatusServer.isOpenToOthers("0.0.0.0")).isTrue();
    assertThat(StatusServer.isOpenToOthers("::1")).isFalse();
    assertThat(StatusServer.isOpenToOthers("localhost")).isFalse();
  }

  @Test
  void servesHttp10AndPipelines() throws IOException {
    assertThat(answer("GET / HTTP/1.0\r\n\r\n")).contains(" 200 ").endsWith("index\n");
    assertThat(answer("HEAD / HTTP/1.0\r\n\r\n")).contains(" 200 ").endsWith("\r\n\r\n");
    String two = answer("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/"));
    assertThat(two.split("HTTP/1.1 200", -1)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%00",
        "/;",
        "/./",
        "//etc/passwd",
        "*",
        "mailto:root",
        "etc/passwd",
        "/\\..\\",
        "/%zz",
      })
  void servesNoOtherPath(String target) throws IOException {
    String answer = answer(get(target));
    assertThat(answer).doesNotContain(" 200 ", "root:", "\tat ");
    assertOthersAreServed();
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, *, 405",
    "GET, *, 404",
    "GET, //livez, 421",
    "GET, http://localhost, 404",
  })
  void answersTargetsWithoutPath(String method, String target, int status) throws IOException {
    assertThat(answer(get(target).replaceFirst("GET", method)))
        .startsWith("HTTP/1.1 " + status)
        .contains(PROTECTION);
  }

  @Test
  void refusesLongRequests() throws IOException {
    assertThat(answer(get("/?" + "a".repeat(3_000)))).startsWith("HTTP/1.1 414");
    assertThat(answer(get("/echo?" + "a&".repeat(1_000)))).startsWith("HTTP/1.1 400");
    assertThat(answer(get("/" + "a".repeat(1 << 20)))).doesNotContain(" 200 ");
    assertThat(answer(get("/", "Host: localhost\r\nX: " + "a".repeat(1 << 20) + "\r\n")))
        .doesNotContain(" 200 ");
    assertOthersAreServed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no request at all\r\n\r\n",
        "GET /\r\n\r\n",
        "\r\n\r\n\r\n\r\n",
        "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "\u0016\u0003\u0001\u0002\0\1\0\1\u00fc",
      })
  void closesOnGarbage(String garbage) throws IOException {
    assertThat(answer(garbage)).doesNotContain("Exception:", "\tat ");
    assertOthersAreServed();
  }

  @Test
  void ignoresBodies() throws IOException {
    String endless = "Host: localhost\r\nContent-Length: 10000000000\r\n";
    assertThat(answer("POST / HTTP/1.1\r\n" + endless + "\r\n" + "a".repeat(1_000)))
        .startsWith("HTTP/1.1 405");
    assertThat(answer("GET / HTTP/1.1\r\n" + endless + "\r\n" + "a".repeat(1_000)))
        .startsWith("HTTP/1.1 200");
    assertThat(
            answer(
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "7fffffff\r\naaaa"))
        .startsWith("HTTP/1.1 405");
  }

  @Test
  void escapesErrors() throws IOException {
    assertThat(answer(get("/echo?a=%1b%5b2J%0d%0aX-Injected:%20yes%c2%9b")))
        .startsWith("HTTP/1.1 400")
        .contains("no: ")
        .doesNotContain("\u001b", "\u009b", "\r\nX-Injected");
  }

  @Test
  void closesHalfSentRequests_servingOthers() throws IOException {
    List<Socket> halves = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Socket half = connect();
      send(half, "GET / HTTP/1.1\r\nHo");
      halves.add(half);
    }
    assertOthersAreServed();
    for (Socket half : halves) {
      assertThat(rest(half)).doesNotContain(" 200 ");
    }
  }

  @Test
  void servesOthers_whileClientsNeverRead() throws IOException {
    for (int i = 0; i < 60; i++) {
      send(connect(), get("/large"));
    }
    assertOthersAreServed();
  }

  @Test
  void returns503_whereOthersDoNotReadLargePage() throws IOException {
    Socket reader = connect();
    send(reader, get("/large"));
    assertThat(reader.getInputStream().read()).isEqualTo('H');

    assertThat(answer(get("/large")))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-after: 5")
        .contains(PROTECTION);
    assertOthersAreServed();

    reader.close();
    await("room")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(answer(get("/large"))).startsWith("HTTP/1.1 200"));
  }

  @Test
  void servesOthers_whileConnectionsAreIdle() throws IOException {
    long slowest = 0;
    for (int i = 0; i < 300; i++) {
      connect();
      send(connect(), "GET / HTTP/1.1\r\nHo");
      if (i % 10 == 0) {
        long begin = System.nanoTime();
        assertOthersAreServed();
        slowest = Math.max(slowest, System.nanoTime() - begin);
      }
    }
    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void closesLongestIdleConnection_forNewOne() throws IOException {
    Socket oldest = connect();
    for (int i = 0; i < 199; i++) {
      Socket kept = connect();
      send(kept, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(kept.getInputStream().read()).isEqualTo('H');
    }
    assertOthersAreServed();
    assertThat(rest(oldest)).doesNotContain("HTTP");
    Socket newest = sockets.get(sockets.size() - 2);
    newest.getInputStream().skipNBytes(newest.getInputStream().available());
    send(newest, get("/"));
    assertThat(rest(newest)).startsWith("HTTP/1.1 200");
  }

  @Test
  void closesConnectionThatIsNotRead_forNewOne() throws IOException {
    for (int i = 0; i < 250; i++) {
      send(connect(), get("/medium"));
    }
    assertOthersAreServed();
  }

  @Test
  void closesIdleConnections() throws IOException {
    Socket silent = connect();
    Socket kept = connect();
    send(kept, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    kept.setSoTimeout(40_000);
    silent.setSoTimeout(40_000);
    assertThat(rest(kept)).startsWith("HTTP/1.1 200").contains("index\n");
    assertThat(rest(silent)).doesNotContain("HTTP");
  }
}
