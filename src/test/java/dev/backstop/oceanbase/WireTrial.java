package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Job;
import dev.backstop.observation.Observation;
import dev.backstop.oceanbase.FaultyServer.Plan;
import dev.backstop.plan.Statement;
import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.testing.Readings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connects the real cluster code to a faulty server, and checks what it reports. */
final class WireTrial {

  static final Duration TIMEOUT = Duration.ofMillis(400);

  private static final Set<String> NAMES = Set.of("pay");

  /** No trial has as many responses. */
  private static final int MAX_RESPONSES = 10;

  private static final List<ServerFault> FAULTS = List.of(ServerFault.values());

  private final Path folder;
  private final RecordedSession recording;
  private final Observation truth;

  /** Result of one trial; no finding where all was well. */
  record Verdict(Plan plan, String action, String result, long bytes, @Nullable String finding) {}

  WireTrial(Path folder) {
    this.folder = folder;
    this.recording = record(folder, "hz", 7);
    try (FaultyServer honest =
            new FaultyServer(recording, new Plan(ServerFault.CUT, Integer.MAX_VALUE, false, 0));
        TestClusters clusters = clusters(honest)) {
      truth = clusters.cluster().look(NAMES);
    }
    if (!truth.blindSpots().isEmpty() || truth.sets().isEmpty() || truth.pieces().isEmpty()) {
      throw new IllegalStateException("the honest server is not seen: " + truth);
    }
  }

  /** Records the responses of a sound cluster. */
  static RecordedSession record(Path folder, String name, long id) {
    VirtualCluster server =
        new VirtualCluster(
            ClusterSettings.builder().identity(name, id).build(), Instant.now().minusSeconds(60));
    server.startSetJob(CopyRequest.all());
    server.startPieceJob(CopyRequest.all());
    try (Simulator simulator = Simulator.of(server).rootPassword(TestClusters.PASSWORD).start()) {
      return RecordedSession.record(
          simulator.port(),
          port -> {
            try (TestClusters clusters =
                new TestClusters(folder).endpoint("127.0.0.1", port).expect(new Expect(name, id))) {
              OceanBaseCluster cluster = clusters.cluster();
              cluster.look(NAMES);
              cluster.probe();
              cluster.send(permit(Statement.CANCEL_BACKUPSET));
            }
          });
    }
  }

  private TestClusters clusters(FaultyServer server) {
    return new TestClusters(folder).endpoint("127.0.0.1", server.port()).timeouts(TIMEOUT, TIMEOUT);
  }

  /** Returns the observation of a sound server. */
  Observation truth() {
    return truth;
  }

  /** Runs the trial of a seed. */
  Verdict play(long seed) {
    Random random = new Random(seed);
    return play(plan(random, seed), random.nextInt(4));
  }

  /** Chooses a fault and where it strikes. */
  static Plan plan(Random random, long seed) {
    ServerFault fault = FAULTS.get(random.nextInt(FAULTS.size()));
    boolean isLasting = random.nextInt(3) > 0 || fault == ServerFault.ENDLESS;
    return new Plan(fault, random.nextInt(MAX_RESPONSES), isLasting, seed);
  }

  /** Runs one trial: action 0 sends a statement, 1 probes, others look twice. */
  Verdict play(Plan plan, int action) {
    try (FaultyServer server = new FaultyServer(recording, plan);
        TestClusters clusters = clusters(server)) {
      OceanBaseCluster cluster = clusters.cluster();
      return switch (action) {
        case 0 -> verdict(plan, "send", server, () -> result(cluster.send(permit(random(plan)))));
        case 1 -> verdict(plan, "probe", server, () -> result(cluster.probe()));
        default -> looks(plan, server, cluster);
      };
    }
  }

  private static String result(Outcome outcome) {
    return outcome.result() + " " + outcome.error() + " " + outcome.words();
  }

  private static String result(List<ProbeResult> probes) {
    return probes.isEmpty() ? "" : probes.get(probes.size() - 1).toString();
  }

  /** Looks twice, as the rest of one response must not be read as the next one. */
  private Verdict looks(Plan plan, FaultyServer server, OceanBaseCluster cluster) {
    List<Observation> seen = new ArrayList<>();
    Verdict verdict =
        verdict(
            plan,
            "look",
            server,
            () -> {
              seen.add(cluster.look(NAMES));
              seen.add(cluster.look(NAMES));
              return result(seen.get(0)) + "; " + result(seen.get(1));
            });
    String falseClaim =
        seen.stream()
            .map(each -> invented(each, plan.fault().changesContent()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return falseClaim == null
        ? verdict
        : new Verdict(plan, "look", verdict.result(), verdict.bytes(), falseClaim);
  }

  private static String result(Observation seen) {
    return seen.blindSpots().isEmpty() ? "sees" : seen.blindSpots().get(0).toString();
  }

  private static Verdict verdict(
      Plan plan, String action, FaultyServer server, Supplier<String> call) {
    try {
      String result = call.get();
      String empty = result.isEmpty() ? "said nothing" : null;
      return new Verdict(plan, action, result, server.sent(), empty);
    } catch (RuntimeException | Error thrown) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      return new Verdict(plan, action, "", server.sent(), "threw " + trace);
    }
  }

  /** Returns what an observation claims falsely; null where all is true or unknown. */
  private @Nullable String invented(Observation seen, boolean countOnly) {
    List<String> claims = new ArrayList<>();
    claim(claims, seen, Area.SETS, Observation::sets, countOnly);
    claim(claims, seen, Area.PIECES, Observation::pieces, countOnly);
    claim(claims, seen, Area.ARCHIVE, Observation::archive, countOnly);
    if (!countOnly) {
      claim(claims, seen, Area.FLAG, look -> List.of(String.valueOf(look.flag())), false);
      claim(claims, seen, Area.IDENTITY, look -> List.of(String.valueOf(look.identity())), false);
      claim(claims, seen, Area.VERSION, look -> List.of(String.valueOf(look.version())), false);
    }
    return claims.isEmpty() ? null : String.join("; ", claims);
  }

  private void claim(
      List<String> claims,
      Observation seen,
      Area area,
      Function<Observation, List<?>> part,
      boolean countOnly) {
    List<?> claimed = unnamed(part.apply(seen));
    List<?> honest = unnamed(part.apply(truth));
    boolean isTrue = countOnly ? claimed.size() == honest.size() : claimed.equals(honest);
    if (seen.blindTo(area).isEmpty() && !isTrue) {
      claims.add(area + " is claimed to be " + claimed + " and is " + honest);
    }
  }

  /** The name of a job's tenant may be missing, as it is only displayed. */
  private static List<?> unnamed(List<?> rows) {
    return rows.stream()
        .map(
            row ->
                row instanceof Job job
                    ? List.of(job.object(), job.jobId(), job.tenant(), job.status())
                    : row)
        .toList();
  }

  private static Statement random(Plan plan) {
    Statement[] all = Statement.values();
    return all[Math.floorMod(plan.seed(), all.length)];
  }

  private static Permit permit(Statement statement) {
    return new Permit(1, "hz-prod", statement, Readings.at(Instant.now()));
  }
}
