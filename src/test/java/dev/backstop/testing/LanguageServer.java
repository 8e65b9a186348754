package dev.backstop.testing;

import dev.backstop.json.Json;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Client of yaml-language-server, which VS Code and Vim ask about YAML files: speaks the Language
 * Server Protocol over the standard streams of a process, one request at a time.
 */
public final class LanguageServer implements AutoCloseable {

  private static final String OPENED = "textDocument/didOpen";
  private static final String DIAGNOSTICS = "textDocument/publishDiagnostics";

  private final Process process;
  private final InputStream from;
  private final OutputStream to;
  private final Map<String, Object> settings;
  private final Map<String, List<Diagnostic>> diagnostics = new HashMap<>();
  private int requests;
  private int documents;

  /**
   * What the editor underlines.
   *
   * @param line counted from 1
   */
  public record Diagnostic(int line, String message) {}

  private LanguageServer(Process process, Map<String, Object> settings) {
    this.process = process;
    this.from = new BufferedInputStream(process.getInputStream());
    this.to = process.getOutputStream();
    this.settings = settings;
  }

  /**
   * Starts a server.
   *
   * @param yamlVersion the editor's setting {@code yaml.yamlVersion}; 1.2 is the default
   * @param schemas the editor's setting {@code yaml.schemas}: patterns of files by schema
   */
  public static LanguageServer start(String yamlVersion, Map<Path, String> schemas)
      throws IOException {
    Map<String, Object> byUri = new HashMap<>();
    schemas.forEach((schema, pattern) -> byUri.put(schema.toUri().toString(), pattern));
    Process process =
        new ProcessBuilder("node", Need.YAML_LANGUAGE_SERVER.require().toString(), "--stdio")
            .redirectError(Redirect.DISCARD)
            .start();
    LanguageServer server =
        new LanguageServer(
            process,
            Map.of(
                "yamlVersion",
                yamlVersion,
                "validate",
                true,
                "completion",
                true,
                "schemaStore",
                Map.of("enable", false),
                "schemas",
                byUri));
    server.request("initialize", Map.of("capabilities", Map.of()));
    server.send(Map.of("method", "initialized", "params", Map.of()));
    server.send(
        Map.of(
            "method",
            "workspace/didChangeConfiguration",
            "params",
            Map.of("settings", Map.of("yaml", server.settings))));
    while (!server.handle(server.receive()).equals("workspace/configuration")) {
      // What comes before is handled, too.
    }
    return server;
  }

  /** Opens a document and returns what is underlined in it. */
  public List<Diagnostic> diagnostics(Path file, String text) throws IOException {
    return diagnostics(open(file, text));
  }

  /** Returns what is underlined in an open document. */
  public List<Diagnostic> diagnostics(String uri) throws IOException {
    while (!diagnostics.containsKey(uri)) {
      handle(receive());
    }
    return diagnostics.get(uri);
  }

  /** Opens a document and returns the words offered where a {@code |} stands in it, sorted. */
  public List<String> completions(Path file, String text) throws IOException {
    int at = text.indexOf('|');
    String before = text.substring(0, at);
    String uri = open(file, before + text.substring(at + 1));
    int line = (int) before.chars().filter(one -> one == '\n').count();
    Map<?, ?> position =
        Map.of("line", line, "character", before.length() - before.lastIndexOf('\n') - 1);
    Object result =
        request(
            "textDocument/completion",
            Map.of("textDocument", Map.of("uri", uri), "position", position));
    TreeSet<String> labels = new TreeSet<>();
    for (Object item : list(map(result).get("items"))) {
      labels.add(String.valueOf(map(item).get("label")));
    }
    return List.copyOf(labels);
  }

  /**
   * Opens a document under a name of its own, so that nothing is left of one before. The server
   * waits a moment before it looks, so what is opened at once is looked at at once.
   *
   * @return the document's URI
   */
  public String open(Path file, String text) throws IOException {
    String uri = file.toAbsolutePath().resolveSibling(documents++ + ".yaml").toUri().toString();
    Map<?, ?> document = Map.of("uri", uri, "languageId", "yaml", "version", 1, "text", text);
    send(Map.of("method", OPENED, "params", Map.of("textDocument", document)));
    return uri;
  }

  private @Nullable Object request(String method, Map<?, ?> params) throws IOException {
    int id = ++requests;
    send(Map.of("id", id, "method", method, "params", params));
    while (true) {
      Map<?, ?> message = receive();
      if (handle(message).isEmpty() && Integer.valueOf(id).equals(message.get("id"))) {
        return String.valueOf(message.get("error")).equals("null")
            ? message.get("result")
            : fail(message);
      }
    }
  }

  private static Object fail(Map<?, ?> message) {
    throw new IllegalStateException("the language server says " + message);
  }

  /** Answers or notes what the server says of its own accord; returns its method, if any. */
  private String handle(Map<?, ?> message) throws IOException {
    Object method = message.get("method");
    if (DIAGNOSTICS.equals(method)) {
      Map<?, ?> params = map(message.get("params"));
      List<Diagnostic> found = new ArrayList<>();
      for (Object each : list(params.get("diagnostics"))) {
        Object start = map(map(map(each).get("range")).get("start")).get("line");
        found.add(
            new Diagnostic(
                ((Number) Objects.requireNonNull(start)).intValue() + 1,
                String.valueOf(map(each).get("message"))));
      }
      diagnostics.put(String.valueOf(params.get("uri")), List.copyOf(found));
    } else if (method != null && message.get("id") != null) {
      send(Map.of("id", message.get("id"), "result", answer(message)));
    }
    return method == null ? "" : method.toString();
  }

  /** The server asks for the parts of its settings by name; what it has none of stays default. */
  private List<Object> answer(Map<?, ?> message) {
    List<Object> answer = new ArrayList<>();
    for (Object item : list(map(message.get("params")).get("items"))) {
      answer.add("yaml".equals(map(item).get("section")) ? settings : Map.of());
    }
    return answer;
  }

  private void send(Map<String, ?> message) throws IOException {
    Map<String, Object> whole = new HashMap<>(message);
    whole.put("jsonrpc", "2.0");
    byte[] bytes = Json.write(whole).getBytes(StandardCharsets.UTF_8);
    to.write(("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    to.write(bytes);
    to.flush();
  }

  private Map<?, ?> receive() throws IOException {
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.startsWith("Content-Length: ")) {
        length = Integer.parseInt(header.substring("Content-Length: ".length()));
      }
    }
    return Json.read(new String(from.readNBytes(length), StandardCharsets.UTF_8), Map.class);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int one = from.read(); one != '\n'; one = from.read()) {
      if (one < 0) {
        throw new EOFException("the language server has ended");
      }
      line.append((char) one);
    }
    return line.toString().strip();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
