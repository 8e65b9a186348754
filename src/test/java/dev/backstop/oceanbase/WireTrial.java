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

/** Lets a real cluster's code talk to a server that plays pranks, and judges what it says. */
final class WireTrial {

  static final Duration TIMEOUT = Duration.ofMillis(400);

  private static final Set<String> NAMES = Set.of("pay");

  /** No prank needs as many turns. */
  private static final int TURNS = 10;

  private static final List<ServerFault> PRANKS = List.of(ServerFault.values());

  private final Path folder;
  private final RecordedSession tape;
  private final Observation truth;

  /** What one trial came to; no finding where all was well. */
  record Verdict(Plan plan, String action, String told, long bytes, @Nullable String finding) {}

  WireTrial(Path folder) {
    this.folder = folder;
    this.tape = record(folder, "hz", 7);
    try (FaultyServer honest =
            new FaultyServer(tape, new Plan(ServerFault.CUT, Integer.MAX_VALUE, false, 0));
        TestClusters reach = reach(honest)) {
      truth = reach.cluster().look(NAMES);
    }
    if (!truth.blindSpots().isEmpty() || truth.sets().isEmpty() || truth.pieces().isEmpty()) {
      throw new IllegalStateException("the honest server is not seen: " + truth);
    }
  }

  /** Records what an honest cluster of this name says. */
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
            try (TestClusters reach =
                new TestClusters(folder).endpoint("127.0.0.1", port).expect(new Expect(name, id))) {
              OceanBaseCluster cluster = reach.cluster();
              cluster.look(NAMES);
              cluster.probe();
              cluster.send(permit(Statement.CANCEL_BACKUPSET));
            }
          });
    }
  }

  private TestClusters reach(FaultyServer server) {
    return new TestClusters(folder).endpoint("127.0.0.1", server.port()).timeouts(TIMEOUT, TIMEOUT);
  }

  /** Returns what an honest server shows. */
  Observation truth() {
    return truth;
  }

  /** Plays one trial that a number settles. */
  Verdict play(long seed) {
    Random random = new Random(seed);
    return play(plan(random, seed), random.nextInt(4));
  }

  /** Chooses a prank and where it begins. */
  static Plan plan(Random random, long seed) {
    ServerFault prank = PRANKS.get(random.nextInt(PRANKS.size()));
    boolean isLasting = random.nextInt(3) > 0 || prank == ServerFault.ENDLESS;
    return new Plan(prank, random.nextInt(TURNS), isLasting, seed);
  }

  /** Plays one trial: action 0 sends a statement, 1 is what doctor does, others look twice. */
  Verdict play(Plan plan, int action) {
    try (FaultyServer server = new FaultyServer(tape, plan);
        TestClusters reach = reach(server)) {
      OceanBaseCluster cluster = reach.cluster();
      return switch (action) {
        case 0 -> verdict(plan, "send", server, () -> told(cluster.send(permit(random(plan)))));
        case 1 -> verdict(plan, "probe", server, () -> told(cluster.probe()));
        default -> looks(plan, server, cluster);
      };
    }
  }

  private static String told(Outcome outcome) {
    return outcome.result() + " " + outcome.error() + " " + outcome.words();
  }

  private static String told(List<Probe> probes) {
    return probes.isEmpty() ? "" : probes.get(probes.size() - 1).toString();
  }

  /** Looks twice, as what is left of a first answer must not pass for the second one. */
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
              return told(seen.get(0)) + "; " + told(seen.get(1));
            });
    String lie =
        seen.stream()
            .map(each -> invented(each, plan.prank().changesContent()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return lie == null ? verdict : new Verdict(plan, "look", verdict.told(), verdict.bytes(), lie);
  }

  private static String told(Observation seen) {
    return seen.blindSpots().isEmpty() ? "sees" : seen.blindSpots().get(0).toString();
  }

  private static Verdict verdict(
      Plan plan, String action, FaultyServer server, Supplier<String> call) {
    try {
      String told = call.get();
      String empty = told.isEmpty() ? "said nothing" : null;
      return new Verdict(plan, action, told, server.sent(), empty);
    } catch (RuntimeException | Error thrown) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      return new Verdict(plan, action, "", server.sent(), "threw " + trace);
    }
  }

  /** Returns what a look claims to see that is not so; null where all is true or unknown. */
  private @Nullable String invented(Observation seen, boolean countOnly) {
    List<String> lies = new ArrayList<>();
    claim(lies, seen, Area.SETS, Observation::sets, countOnly);
    claim(lies, seen, Area.PIECES, Observation::pieces, countOnly);
    claim(lies, seen, Area.ARCHIVE, Observation::archive, countOnly);
    if (!countOnly) {
      claim(lies, seen, Area.FLAG, look -> List.of(String.valueOf(look.flag())), false);
      claim(lies, seen, Area.IDENTITY, look -> List.of(String.valueOf(look.identity())), false);
      claim(lies, seen, Area.VERSION, look -> List.of(String.valueOf(look.version())), false);
    }
    return lies.isEmpty() ? null : String.join("; ", lies);
  }

  private void claim(
      List<String> lies,
      Observation seen,
      Area area,
      Function<Observation, List<?>> part,
      boolean countOnly) {
    List<?> claimed = unnamed(part.apply(seen));
    List<?> honest = unnamed(part.apply(truth));
    boolean isTrue = countOnly ? claimed.size() == honest.size() : claimed.equals(honest);
    if (seen.blindTo(area).isEmpty() && !isTrue) {
      lies.add(area + " is claimed to be " + claimed + " and is " + honest);
    }
  }

  /** A job's tenant may lack its name, which is only shown. */
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
    return new Permit(1, "hz-prod", statement, Instant.now());
  }
}
