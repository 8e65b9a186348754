package dev.backstop.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /** The middle one of the times that a compressed page took, and how long it is. */
  record Timing(long millis, long kilobytes) {}

  /** Asks for some compressed pages. */
  static Timing timing(String address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "metrics"))
            .header("Accept-Encoding", "gzip")
            .build();
    List<Long> nanos = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < SCRAPES; i++) {
      long begun = System.nanoTime();
      length = CLIENT.send(request, BodyHandlers.ofByteArray()).body().length;
      nanos.add(System.nanoTime() - begun);
    }
    return new Timing(Duration.ofNanos(Quantile.of(0.5, nanos)).toMillis(), length / 1024);
  }

  /** Waits until both kinds of so many clusters are as their policies say. */
  static void awaitConverged(String address, int clusters)
      throws IOException, InterruptedException {
    while (values(page(address), "backstop_converged{").sum() < 2 * clusters) {
      Thread.sleep(1_000);
    }
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

  private static DoubleStream values(String page, String prefix) {
    return page.lines().filter(line -> line.startsWith(prefix)).mapToDouble(Scrape::value);
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
