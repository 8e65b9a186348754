package dev.backstop.kernel;

import dev.backstop.kernel.KernelCluster.Arrived;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Delays statements on their way to the kernel by pauses of every length, and asks the kernel's
 * audit whether one ran after its lease. In one half the packet is delayed once it was written, as
 * if its sender had been frozen between its last check and the write; in the other the sender's
 * whole process is stopped by SIGSTOP near that point.
 */
public final class FenceTrial {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** Some that were slow to log in may never write. */
  private static final Duration SOON = Duration.ofMillis(500);

  private static final Duration REACH = Duration.ofSeconds(8);

  private final Kernel kernel;
  private final Path passwordFile;
  private final Random random = new Random(20261129);

  private FenceTrial(Kernel kernel, Path passwordFile) {
    this.kernel = kernel;
    this.passwordFile = passwordFile;
  }

  /**
   * What one statement came to.
   *
   * @param stopped whether the sender's process was stopped, rather than the packet delayed
   * @param pause for how long
   * @param written whether the sender wrote it at all
   * @param afterPause whether it wrote it once it went on
   * @param executed what the audit has of it
   * @param leaseEnd when its lease ended
   */
  public record Outcome(
      boolean stopped,
      Duration pause,
      boolean written,
      boolean afterPause,
      Optional<Arrived> executed,
      Instant leaseEnd) {

    /** Returns whether the server still ran it when its lease was over. */
    public boolean isTooLate() {
      return executed.filter(one -> one.end().isAfter(leaseEnd)).isPresent();
    }
  }

  /**
   * Plays rounds of statements, both halves side by side.
   *
   * @param rounds how often for either half
   * @param atOnce how many statements a round has
   */
  public static List<Outcome> play(int rounds, int atOnce) {
    try (KernelCluster cluster = KernelCluster.open("fence", 1)) {
      cluster.setJob(1, "BACKUP");
      Path file =
          Files.createTempFile(
              "backstop-fence",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, KernelCluster.PASSWORD + "\n");
      FenceTrial trial = new FenceTrial(cluster.kernel(), file);
      List<Outcome> outcomes = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        int number = round;
        CompletableFuture<List<Outcome>> delayed =
            CompletableFuture.supplyAsync(() -> trial.delayed(number, rounds, atOnce));
        outcomes.addAll(trial.stopped(round, rounds, atOnce));
        outcomes.addAll(delayed.join());
      }
      Files.delete(file);
      return outcomes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Delays each packet by a pause of its own; all rounds together cover all lengths evenly. */
  private List<Outcome> delayed(int round, int rounds, int atOnce) {
    Kernel.Mark begun = kernel.mark();
    CountDownLatch open = new CountDownLatch(0);
    List<FenceTry> tries =
        IntStream.range(0, atOnce)
            .mapToObj(
                i -> {
                  Duration pause =
                      LONGEST
                          .multipliedBy((long) i * rounds + round)
                          .dividedBy((long) atOnce * rounds);
                  return new FenceTry(kernel, pause, open, i % 2 == 0);
                })
            .toList();
    List<Thread> threads =
        tries.stream()
            .map(
                one ->
                    new Thread(
                        () -> {
                          Instant grantedAt = Instant.now();
                          one.leaseEnd(FenceSender.leaseEnd(one.port(), passwordFile, grantedAt));
                          FenceSender.send(one.port(), passwordFile, grantedAt);
                        }))
            .toList();
    threads.forEach(Thread::start);
    threads.forEach(FenceTrial::join);
    pass(LONGEST.plus(FenceSender.STATEMENT).minus(Duration.between(begun.at(), Instant.now())));
    return judged(tries, false, begun, Instant.MAX, one -> one.pause());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops a process while its threads check and write, for the same time for all of them. */
  private List<Outcome> stopped(int round, int rounds, int atOnce) {
    Kernel.Mark begun = kernel.mark();
    Duration pause = LONGEST.multipliedBy(round + 1L).dividedBy(rounds);
    CountDownLatch open = new CountDownLatch(1);
    List<FenceTry> tries =
        IntStream.range(0, atOnce)
            .mapToObj(i -> new FenceTry(kernel, Duration.ZERO, open, i % 2 == 0))
            .toList();
    Process sender = start(tries);
    long pid = sender.pid();
    Thread reader = new Thread(() -> readLeases(sender, tries));
    reader.start();
    long end = System.nanoTime() + REACH.toNanos();
    tries.forEach(one -> awaitUntil(one.limitsAnswered(), end));
    int before = random.nextInt(atOnce);
    try (Switch stop = new Switch(pid)) {
      open.countDown();
      long soon = System.nanoTime() + SOON.toNanos();
      while (tries.stream().filter(FenceTry::isWritten).count() < before
          && System.nanoTime() < soon) {
        Thread.onSpinWait();
      }
      stop.press();
    }
    pass(pause);
    Instant resumedAt = Instant.now();
    if (sender.isAlive()) {
      Kernel.signal(pid, "CONT");
    }
    join(reader);
    sender.onExit().join();
    pass(FenceSender.STATEMENT);
    return judged(tries, true, begun, resumedAt, one -> pause);
  }

  private Process start(List<FenceTry> tries) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // Slow code makes the time between check and write longer.
                "-Xint",
                "-cp",
                System.getProperty("java.class.path"),
                FenceSender.class.getName(),
                passwordFile.toString()));
    tries.forEach(one -> command.add(Integer.toString(one.port())));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readLeases(Process sender, List<FenceTry> tries) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(sender.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length == 2 && words[0].matches("\\d+")) {
          tries.stream()
              .filter(one -> words[0].equals(Integer.toString(one.port())))
              .forEach(one -> one.leaseEnd(Instant.ofEpochMilli(Long.parseLong(words[1]))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitUntil(CountDownLatch latch, long end) {
    try {
      boolean reached = latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!reached) {
        // That one is late: the round goes on without it.
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private interface PauseOf {
    Duration of(FenceTry one);
  }

  private List<Outcome> judged(
      List<FenceTry> tries, boolean stopped, Kernel.Mark begun, Instant resumedAt, PauseOf pause) {
    List<Arrived> audit = kernel.actedSince(begun);
    List<Outcome> outcomes =
        tries.stream()
            .map(
                one ->
                    new Outcome(
                        stopped,
                        pause.of(one),
                        one.isWritten(),
                        one.isWrittenAfter(resumedAt),
                        one.executed(audit),
                        one.leaseEnd()))
            .toList();
    tries.forEach(FenceTry::close);
    return outcomes;
  }
}
