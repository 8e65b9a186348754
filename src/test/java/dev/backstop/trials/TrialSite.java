package dev.backstop.trials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backstop.cli.Typed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Where one trial plays: folder, configuration, clusters, policies, a referee. */
final class TrialSite implements AutoCloseable {

  static final Duration SETTLE = Duration.ofMillis(200);
  static final Duration GRACE = Duration.ofSeconds(1);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Path folder;
  private final Map<String, String> head = new LinkedHashMap<>();
  private final Map<String, TrialCluster> clusters = new LinkedHashMap<>();
  private final List<AutoCloseable> closers = new ArrayList<>();
  private final Referee referee;
  private Duration statementTimeout = Duration.ofSeconds(60);
  private boolean isClosed;

  /** Makes a site whose daemon has the true clock. */
  static TrialSite make() {
    return make(true);
  }

  static TrialSite make(boolean trueClock) {
    try {
      return new TrialSite(Files.createTempDirectory("backstop-trial"), trueClock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TrialSite(Path folder, boolean trueClock) {
    this.folder = folder;
    head.put("daemon", "trial");
    head.put("policies", "{settle: 200ms, deletionGrace: 1s}");
    head.put("reconcile", "{every: 1s}");
    head.put("http", "{listen: '127.0.0.1:0'}");
    for (String name : List.of("conf", "policies", "secrets", "state")) {
      directory(folder.resolve(name));
    }
    Path secret = folder.resolve("secrets").resolve("right");
    write(secret, TrialCluster.PASSWORD + "\n");
    try {
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.referee = new Referee(new StoreReader(storeFile()), trueClock);
  }

  private static void directory(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  Path state() {
    return folder.resolve("state");
  }

  Path storeFile() {
    return state().resolve("backstop.db");
  }

  Path policies() {
    return folder.resolve("policies");
  }

  Path file(String policy) {
    return policies().resolve(policy + ".yaml");
  }

  Referee referee() {
    return referee;
  }

  /** Adds a cluster that copies sets and pieces. */
  TrialCluster add(String name) {
    return add(name, false, TrialCluster::setAndPieces);
  }

  TrialCluster add(String name, boolean rounds, Consumer<TrialCluster> scene) {
    TrialCluster[] self = new TrialCluster[1];
    TrialCluster cluster =
        TrialCluster.of(
            name, clusters.size() + 1L, rounds, scene, act -> referee.judge(self[0], act));
    self[0] = cluster;
    closers.add(cluster);
    clusters.put(name, cluster);
    writeConf();
    return cluster;
  }

  /** Names a cluster of another site in the configuration. */
  void adopt(TrialCluster cluster) {
    clusters.put(cluster.name(), cluster);
    writeConf();
  }

  TrialCluster cluster(String name) {
    return Optional.ofNullable(clusters.get(name)).orElseThrow();
  }

  List<TrialCluster> clusters() {
    return List.copyOf(clusters.values());
  }

  void setting(String key, String value) {
    head.put(key, value);
    writeConf();
  }

  void statementTimeout(Duration timeout) {
    statementTimeout = timeout;
    writeConf();
  }

  private void writeConf() {
    StringBuilder text = new StringBuilder();
    head.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    text.append("clusters:\n");
    clusters.forEach(
        (name, cluster) ->
            text.append("  ")
                .append(name)
                .append(": {")
                .append(cluster.flow(statementTimeout))
                .append("}\n"));
    write(folder.resolve("conf").resolve("backstop.yaml"), text.toString());
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String policyText(String cluster, String desired) {
    return "cluster: " + cluster + "\nsecondaryBackup: " + desired + "\n";
  }

  /** Permits everything on a cluster. */
  void on(String name) {
    write(file(name), policyText(name, "on"));
    cluster(name).stated().protecting("its file says on");
  }

  /** Forbids everything on a cluster. */
  void off(String name) {
    cluster(name).stated().forbidding(SETTLE, "off");
    write(file(name), policyText(name, "off"));
  }

  /** Deletes a policy's file. */
  void delete(String name) {
    cluster(name).stated().forbidding(GRACE, "gone");
    remove(file(name));
  }

  static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DaemonProcess run() {
    return run(List.of(), Map.of(), List.of());
  }

  DaemonProcess run(List<String> before, Map<String, String> environment, List<String> options) {
    DaemonProcess daemon = DaemonProcess.start(folder, before, environment, options, "run");
    closers.add(daemon);
    return daemon;
  }

  Typed type(String... arguments) {
    return Typed.in(folder, arguments);
  }

  JsonNode status() {
    Typed typed = type("status", "-o", "json");
    return typed.code() == 0 ? json(typed.out()) : json("{}");
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Returns both states of a cluster as the command shows them; empty before there are any. */
  List<String> states(String cluster) {
    return each(status().path("clusters"))
        .filter(one -> one.path("cluster").asText().equals(cluster))
        .flatMap(one -> each(one.path("kinds")))
        .map(kind -> kind.path("state").asText())
        .toList();
  }

  boolean awaitStates(String cluster, String state, Duration patience) {
    return Patience.until(
        patience, Duration.ofMillis(300), () -> states(cluster).equals(List.of(state, state)));
  }

  /** Waits until nothing forbidden runs and the command says so; a fault where it does not come. */
  boolean awaitEnd(String cluster, String state, Duration patience) {
    boolean isQuiet =
        state.equals("PERMITTED") || Patience.until(patience, () -> !cluster(cluster).runs());
    if (!isQuiet) {
      referee.fault("jobs go on running on " + cluster + "; states " + states(cluster));
    }
    awaitStates(cluster, state, isQuiet ? patience : Duration.ofSeconds(2));
    referee.judgeEnd(cluster(cluster), states(cluster), List.of(state));
    return isQuiet;
  }

  List<String> held() {
    return each(status().path("held")).map(set -> set.path("id").asText()).toList();
  }

  /** What a page answered; code 0 where nobody did. */
  record Page(int code, String text) {}

  static Page page(DaemonProcess daemon, String path) {
    String address = daemon.address();
    if (address.isEmpty()) {
      return new Page(0, "");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(10)).build();
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Page(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Page(0, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Page(0, e.toString());
    }
  }

  /** Reads one value off the metrics' page; NaN where it is not there. */
  static double metric(DaemonProcess daemon, String name) {
    return page(daemon, "metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Ends everything, last first, and judges the store. */
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    for (int last = closers.size() - 1; last >= 0; last--) {
      try {
        closers.get(last).close();
      } catch (Exception e) {
        referee.fault("could not be closed: " + e);
      }
    }
  }

  /** Removes the folder; kept where something is to be looked at. */
  void forget() {
    Shell.run("rm", "-rf", folder.toString());
  }
}
