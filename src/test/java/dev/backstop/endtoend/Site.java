package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backstop.cli.Typed;
import dev.backstop.command.LiveApplication;
import dev.backstop.daemon.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A place where Backstop works: stand-ins, a configuration, policies, a store. */
final class Site implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final Map<String, String> head = new LinkedHashMap<>();
  private final Map<String, String> clusters = new LinkedHashMap<>();
  private final List<Runnable> closers = new ArrayList<>();

  Site(Path folder) {
    this.folder = folder;
    head.put("daemon", "site");
    head.put("policies", "{settle: 200ms, deletionGrace: 1s}");
    head.put("reconcile", "{every: 1s}");
    head.put("http", "{listen: '127.0.0.1:0'}");
    make(folder.resolve("conf"));
    make(folder.resolve("policies"));
    make(folder.resolve("secrets"));
    password("right", Stand.PASSWORD);
  }

  private static void make(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /** Starts a stand-in and names it in the configuration. */
  Stand add(Stand stand) {
    closers.add(stand::close);
    cluster(
        stand.name(),
        "endpoints: ['%s'], user: root@sys, passwordFile: secrets/right, expect: {name: %s, id: %d}"
            .formatted(stand.simulator().endpoint(), stand.name(), stand.id()));
    return stand;
  }

  /** Writes what the configuration says of a cluster. */
  void cluster(String name, String flow) {
    clusters.put(name, flow);
    writeConf();
  }

  /** Takes a cluster out of the configuration. */
  void removeCluster(String name) {
    clusters.remove(name);
    writeConf();
  }

  /** Writes another value of one of the configuration's first keys. */
  void setting(String key, String value) {
    head.put(key, value);
    writeConf();
  }

  private void writeConf() {
    StringBuilder text = new StringBuilder();
    head.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    text.append("clusters:\n");
    clusters.forEach(
        (name, flow) -> text.append("  ").append(name).append(": {").append(flow).append("}\n"));
    write(conf(), text.toString());
  }

  Path conf() {
    return folder.resolve("conf").resolve("backstop.yaml");
  }

  /** Writes a password file that only its owner may read. */
  Path password(String name, String password) {
    Path file = folder.resolve("secrets").resolve(name);
    write(file, password + "\n");
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  Path policies() {
    return folder.resolve("policies");
  }

  Path policyFile(String name) {
    return policies().resolve(name + ".yaml");
  }

  /** Writes a policy in place; the name is the cluster's as well. */
  void policy(String name, String wish) {
    policy(name, name, wish, "");
  }

  /** Writes a policy in place, with further lines. */
  void policy(String name, String cluster, String wish, String more) {
    write(policyFile(name), text(cluster, wish) + more);
  }

  static String text(String cluster, String wish) {
    return "cluster: " + cluster + "\nsecondaryBackup: " + wish + "\n";
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String policy) {
    try {
      Files.delete(policyFile(policy));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Types a command here. */
  Typed type(String... arguments) {
    return Typed.in(folder, arguments);
  }

  /** Starts the daemon in this process; it is closed with the site. */
  Running run() {
    Running running = new LiveApplication(conf(), Clock.systemUTC()).run();
    closers.add(running::close);
    return running;
  }

  /** Closes a process with the site. */
  Launched closing(Launched launched) {
    closers.add(launched::close);
    return launched;
  }

  JsonNode status() {
    Typed typed = type("status", "-o", "json");
    assertThat(typed.code()).as(typed.err()).isZero();
    return json(typed.out());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  static JsonNode kind(JsonNode tree, String cluster, String kind) {
    return Site.each(tree.path("clusters"))
        .filter(one -> one.path("cluster").asText().equals(cluster))
        .flatMap(one -> Site.each(one.path("kinds")))
        .filter(one -> one.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError(cluster + " " + kind + " is not in " + tree));
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Returns both states, data before log. */
  List<String> states(String cluster) {
    JsonNode status = status();
    return Stream.of("data", "log")
        .map(kind -> kind(status, cluster, kind).path("state").asText())
        .toList();
  }

  void awaitStates(String cluster, String data, String log) {
    await("states of " + cluster)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(states(cluster)).containsExactly(data, log));
  }

  void awaitData(String cluster, String state) {
    awaitThat("data of " + cluster + " is " + state, () -> states(cluster).get(0).equals(state));
  }

  static void awaitThat(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
  }

  List<JsonNode> history(String... arguments) {
    List<String> all = new ArrayList<>(List.of("history", "-o", "json"));
    all.addAll(List.of(arguments));
    Typed typed = type(all.toArray(String[]::new));
    assertThat(typed.code()).as(typed.err()).isZero();
    return typed.out().lines().map(Site::json).toList();
  }

  /** Lists the events that history tells, in order. */
  List<String> events(String... arguments) {
    return history(arguments).stream().map(entry -> entry.path("event").asText()).toList();
  }

  void awaitEvent(String event) {
    await(event)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(events()).contains(event));
  }

  /** Returns the ids of what is held. */
  List<String> held() {
    return each(status().path("held")).map(set -> set.path("id").asText()).toList();
  }

  String awaitHeld(String reason) {
    awaitThat(
        reason + " is held",
        () ->
            each(status().path("held"))
                .anyMatch(set -> set.path("reason").asText().equals(reason)));
    return each(status().path("held"))
        .filter(set -> set.path("reason").asText().equals(reason))
        .map(set -> set.path("id").asText())
        .findFirst()
        .orElseThrow();
  }

  /** Returns where the daemon that started last has its pages, with a slash at the end. */
  String address() {
    String started =
        history().stream()
            .filter(entry -> entry.path("event").asText().equals("daemon_started"))
            .reduce((first, second) -> second)
            .orElseThrow()
            .path("reason")
            .asText();
    return started.substring(started.indexOf("http://"));
  }

  @Override
  public void close() {
    for (int last = closers.size() - 1; last >= 0; last--) {
      closers.get(last).run();
    }
  }
}
