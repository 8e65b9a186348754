package dev.backstop.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Reads what the benchmark needs from the daemon's page of metrics. */
final class Scrape {

  private static final int SCRAPES = 5;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Scrape() {}

  /** Returns the page. */
  static String page(String address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "metrics")).build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }

  /** Returns the middle one of the times that some pages took, in milliseconds. */
  static long middleMillis(String address) throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < SCRAPES; i++) {
      long begun = System.nanoTime();
      page(address);
      nanos.add(System.nanoTime() - begun);
    }
    return Duration.ofNanos(Quantile.of(0.5, nanos)).toMillis();
  }

  /** Waits until so many policies are known. */
  static void awaitPolicies(String address, int count) throws IOException, InterruptedException {
    String line = "backstop_policy_files{state=\"valid\"} " + count;
    while (page(address).lines().noneMatch(line::equals)) {
      Thread.sleep(500);
    }
  }

  /** Returns how many cycles have ended with a look, in all. */
  static long looks(String page) {
    return Math.round(
        values(page, "backstop_reconcile_total{").sum()
            - page.lines()
                .filter(line -> line.startsWith("backstop_reconcile_total{"))
                .filter(line -> line.contains("result=\"error\""))
                .mapToDouble(Scrape::value)
                .sum());
  }

  /** Returns the 99th percentile of the lateness in milliseconds; 0 where there is none. */
  static double p99LatenessMillis(String page) {
    OptionalDouble seconds =
        values(page, "backstop_reconcile_lateness_seconds{quantile=\"0.99\"}").findFirst();
    return seconds.orElse(0) * 1_000;
  }

  private static DoubleStream values(String page, String prefix) {
    return page.lines().filter(line -> line.startsWith(prefix)).mapToDouble(Scrape::value);
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
