package dev.backstop.config;

import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.config.ClusterSettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one cluster of {@code clusters}. */
final class ClusterText {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);
  private static final Tls NO_TLS = new Tls(Tls.Mode.DISABLED, null);
  private static final String ENDPOINTS = "endpoints";

  private ClusterText() {}

  /** Returns the cluster; null where it is malformed, which is noted. */
  static @Nullable ClusterSettings read(String name, Section section, Path base) {
    List<Endpoint> endpoints = endpoints(section);
    String user = section.required("user", Values::text, "user: root@sys");
    Secret password = SecretText.read(section, base);
    Tls tls = tls(section, base);
    Expect expect = expect(section);
    Duration connect = section.value("connectTimeout", Values::timeout, CONNECT_TIMEOUT);
    Duration statement = section.value("statementTimeout", Values::timeout, STATEMENT_TIMEOUT);
    if (endpoints.isEmpty() || user == null || password == null || tls == null) {
      return null;
    }
    return new ClusterSettings(name, endpoints, user, password, tls, expect, connect, statement);
  }

  private static List<Endpoint> endpoints(Section section) {
    section.require(ENDPOINTS, "endpoints: [10.0.0.1:2881]");
    List<Node> items = section.list(ENDPOINTS, "[10.0.0.1:2881]");
    if (items == null) {
      return List.of();
    }
    if (items.isEmpty()) {
      section.problemAtValue(ENDPOINTS, "is empty; name at least one host:port");
    }
    Set<Endpoint> endpoints = new LinkedHashSet<>();
    for (Node item : items) {
      HostPort place = section.item(ENDPOINTS, item, HostPort::endpoint);
      if (place != null && !endpoints.add(new Endpoint(place.host(), place.port()))) {
        section.problemAtItem(
            ENDPOINTS, item, place.host() + ":" + place.port() + " is there twice");
      }
    }
    return List.copyOf(endpoints);
  }

  private static @Nullable Expect expect(Section section) {
    Section expect = section.section("expect", Keys.EXPECT, "{name: hz-prod, id: 1}");
    if (expect == null) {
      return null;
    }
    String name = expect.required("name", Values::text, "name: hz-prod");
    Long id = expect.required("id", Values.number(1, Long.MAX_VALUE), "id: 1");
    return name == null || id == null ? null : new Expect(name, id);
  }

  private static @Nullable Tls tls(Section section, Path base) {
    Section tls = section.section("tls", Keys.TLS, "{mode: required}");
    if (tls == null) {
      return section.has("tls") ? null : NO_TLS;
    }
    Tls.Mode mode =
        tls.required(
            "mode", Values.word(List.of(Tls.Mode.values()), ClusterText::word), "mode: required");
    Path ca =
        tls.value("ca", text -> PathText.read(text, base, "a file, not " + Values.quote(text)));
    if (mode == null) {
      return null;
    }
    switch (mode) {
      case DISABLED, REQUIRED -> {
        if (tls.has("ca")) {
          tls.problemAtKey("ca", "tls.ca is only looked at with mode verify-ca or verify-full");
        }
      }
      case VERIFY_CA, VERIFY_FULL -> {}
    }
    return new Tls(mode, ca);
  }

  private static String word(Tls.Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
