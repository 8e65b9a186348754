package dev.backstop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusServerIT {

  private static final String HOST = "127.0.0.1";

  private static final String LONG = "backstop_held{reason=\"Jürgen\"} 0\n".repeat(1_000);
  private static final String OWN_POLICY = "default-src 'none'; style-src 'self'";

  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final StatusServer server =
      new StatusServer(
          HOST,
          0,
          Map.of(
              "/greeting",
              parameters ->
                  Page.text(
                      200,
                      "hello "
                          + String.join(
                              " and ", parameters.getOrDefault("name", List.of("nobody")))),
              "/long",
              parameters -> Page.of(200, "text/plain", LONG),
              "/own",
              parameters ->
                  Page.of(200, "text/html", "<p>").with("Content-Security-Policy", OWN_POLICY),
              "/empty",
              parameters -> new Page(200, "text/plain", new byte[0]),
              "/broken",
              parameters -> {
                throw new IllegalStateException("a secret cause");
              }),
          (path, cause) -> failures.add(path + " " + cause.getMessage()));

  @BeforeEach
  void open() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void servesPageWithSecurityHeaders() throws Exception {
    HttpResponse<String> answer = ask("GET", "/greeting?name=J%C3%BCrgen+K");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello Jürgen K\n");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    HttpResponse<String> answer = ask("HEAD", "/greeting");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Length")).contains("13");
    assertThat(ask("HEAD", "/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void compressesPage_forClientsThatAsk() throws Exception {
    HttpResponse<byte[]> answer = ask("GET", "/long", "deflate, gzip;q=0.9");

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.body()).hasSizeLessThan(1_000);
    assertThat(unzipped(answer.body())).isEqualTo(LONG);
  }

  @Test
  void sendsPagePlain_toClientsThatDoNotAsk() throws Exception {
    for (HttpResponse<byte[]> answer :
        List.of(ask("GET", "/long", "gzip;q=0"), ask("GET", "/long", "br"))) {
      assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(LONG);
    }
  }

  @Test
  void sendsPagePlain_whereCompressionDoesNotShortenIt() throws Exception {
    for (String path : List.of("/greeting", "/empty")) {
      assertThat(ask("GET", path, "gzip").headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void answersHead_withTheHeadersOfGet() throws Exception {
    HttpResponse<byte[]> get = ask("GET", "/long", "gzip");
    HttpResponse<byte[]> head = ask("HEAD", "/long", "gzip");

    assertThat(head.body()).isEmpty();
    for (String name : List.of("Content-Length", "Content-Encoding", "Content-Type", "Vary")) {
      assertThat(head.headers().firstValue(name))
          .as(name)
          .isPresent()
          .isEqualTo(get.headers().firstValue(name));
    }
  }

  @Test
  void letsPageStateItsOwnSecurityPolicy() throws Exception {
    assertThat(ask("GET", "/own").headers().allValues("Content-Security-Policy"))
        .containsExactly(OWN_POLICY);
  }

  @Test
  void servesEmptyPage() throws Exception {
    assertThat(ask("GET", "/empty").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void refusesOtherMethods(String method) throws Exception {
    HttpResponse<String> answer = ask(method, "/greeting");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void ignoresBody() throws Exception {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      slow.setSoTimeout(4_000);
      send(slow, "POST /greeting HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nonly this");

      assertThat(new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 405");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/greeting/", "/greeting/more", "/greetin", "/..%2Fgreeting"})
  void answers404_forUnknownPaths(String path) throws Exception {
    assertThat(ask("GET", path).statusCode()).isEqualTo(404);
  }

  @Test
  void readsRepeatedParameters_andRefusesMalformedOnes() throws Exception {
    assertThat(ask("GET", "/greeting?name=a&name=b").body()).isEqualTo("hello a and b\n");
    try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      raw.setSoTimeout(4_000);
      send(raw, "GET /greeting?name=%zz HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(new String(raw.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 400");
    }
  }

  @Test
  void reportsFailure_notToClient() throws Exception {
    HttpResponse<String> answer = ask("GET", "/broken");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("this page failed; the daemon's log says why\n");
    assertThat(failures).containsExactly("/broken a secret cause");
  }

  @Test
  void refusesManyAndLongHeaders() throws Exception {
    try (Socket greedy = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      greedy.setSoTimeout(10_000);
      StringBuilder request = new StringBuilder("GET /greeting HTTP/1.1\r\nHost: x\r\n");
      for (int i = 0; i < 1_000; i++) {
        request.append("X-").append(i).append(": ").append("a".repeat(100)).append("\r\n");
      }
      String received = "";
      try {
        send(greedy, request.append("\r\n").toString());
        received = new String(greedy.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      } catch (IOException e) {
        received = "reset";
      }
      assertThat(received).isNotEqualTo("HTTP/1.1 200");
    }
    assertThat(ask("GET", "/greeting").statusCode()).isEqualTo(200);
  }

  @Test
  void servesOthers_whileRequestsAreHalfSent() throws Exception {
    List<Socket> halves = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket half = new Socket(InetAddress.getLoopbackAddress(), server.port());
        halves.add(half);
        send(half, "GET /greeting HTTP/1.1\r\nHo");
      }

      assertThat(ask("GET", "/greeting").statusCode()).isEqualTo(200);
      halves.get(0).setSoTimeout(10_000);
      assertThat(endOf(halves.get(0))).as("a half request is cut off by itself").isEqualTo(-1);
    } finally {
      for (Socket half : halves) {
        half.close();
      }
    }
  }

  private static int endOf(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (SocketTimeoutException e) {
      return 0;
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void explainsPortInUse() {
    StatusServer second = new StatusServer(HOST, server.port(), Map.of(), (path, cause) -> {});

    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "http.listen: 127.0.0.1:%d is already in use; stop what listens there, or choose"
                + " another port (0 for any free one)",
            server.port());
  }

  @Test
  void explainsForeignAndUnknownAddresses() {
    assertThatThrownBy(new StatusServer("192.0.2.1", 0, Map.of(), (path, cause) -> {})::start)
        .hasMessageStartingWith("http.listen: can't listen on 192.0.2.1:0: ");
    assertThatThrownBy(new StatusServer("no.such.invalid", 0, Map.of(), (path, cause) -> {})::start)
        .hasMessage(
            "http.listen: host 'no.such.invalid' is unknown; name an address of this machine");
  }

  @Test
  void doesNotListen_onceClosed() {
    int port = server.port();

    server.close();

    assertThat(failures).isEmpty();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + server.port() + path))
            .timeout(Duration.ofSeconds(4))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> ask(String method, String path, String encodings) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + server.port() + path))
            .timeout(Duration.ofSeconds(4))
            .header("Accept-Encoding", encodings)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String unzipped(byte[] body) throws IOException {
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
