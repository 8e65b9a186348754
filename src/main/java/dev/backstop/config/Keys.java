package dev.backstop.config;

import java.util.List;
import java.util.Map;

/**
 * Lists the keys that one part of a file may have.
 *
 * @param allowed the closed list; empty where the keys are names that the user chooses
 * @param refused keys that people try, with what to do instead
 */
record Keys(List<String> allowed, Map<String, String> refused) {

  private static final Map<String, String> NO_INLINE_PASSWORD =
      Map.of(
          "password",
          "a password is never written here: put it into a file that only the daemon can read and"
              + " name that with passwordFile, or use passwordEnv: NAME or passwordFile:"
              + " credential:NAME");

  static final Keys POLICY =
      new Keys(
          List.of(
              "name",
              "cluster",
              "tenants",
              "secondaryBackup",
              "mode",
              "schedule",
              "every",
              "timezone",
              "onDelete",
              "verifyWithin"),
          Map.of(
              "cron", "a Quartz cron expression belongs to the key schedule",
              "data", "write it inside: secondaryBackup: {data: off, log: off}",
              "log", "write it inside: secondaryBackup: {data: off, log: off}"));

  static final Keys WISHES = of("data", "log");

  static final Keys CONF =
      of(
          "daemon",
          "mode",
          "policies",
          "reconcile",
          "state",
          "history",
          "http",
          "notifications",
          "clusters");

  static final Keys POLICIES = of("directory", "settle", "deletionGrace", "maxStopsAtOnce");
  static final Keys RECONCILE = of("every", "timezone", "parallelism");
  static final Keys STATE =
      new Keys(List.of("url", "user", "passwordFile", "passwordEnv"), NO_INLINE_PASSWORD);
  static final Keys HISTORY = of("maxAge", "maxSize");
  static final Keys HTTP = of("listen");

  /** The names of clusters. */
  static final Keys NAMES = of();

  static final Keys CLUSTER =
      new Keys(
          List.of(
              "endpoints",
              "user",
              "passwordFile",
              "passwordEnv",
              "tls",
              "expect",
              "connectTimeout",
              "statementTimeout"),
          NO_INLINE_PASSWORD);

  static final Keys TLS = of("mode", "ca");
  static final Keys EXPECT = of("name", "id");

  Keys {
    allowed = List.copyOf(allowed);
    refused = Map.copyOf(refused);
  }

  private static Keys of(String... allowed) {
    return new Keys(List.of(allowed), Map.of());
  }

  boolean areNames() {
    return allowed.isEmpty();
  }
}
