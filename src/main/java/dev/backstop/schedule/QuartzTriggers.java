package dev.backstop.schedule;

import dev.backstop.policy.Schedule;
import dev.backstop.reconcile.Triggers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.simpl.RAMJobStore;
import org.quartz.simpl.SimpleThreadPool;

/**
 * One-shot triggers, one for all clusters that are due in the same millisecond, on an in-memory
 * Quartz scheduler.
 *
 * <p>Nothing fires before {@link #start}; after {@link #close} every request is ignored. Triggers
 * that are due before the start or while the machine sleeps fire once, as soon as possible.
 */
public final class QuartzTriggers implements Triggers, AutoCloseable {

  /** Quartz keeps schedulers by name in the whole JVM. */
  private static final AtomicLong SCHEDULERS = new AtomicLong();

  private final Scheduler scheduler;

  private final BiConsumer<String, Instant> fired;

  private final Map<String, Instant> dueTimes = new HashMap<>();
  private final Map<Instant, SharedTrigger> triggers = new HashMap<>();

  /** Each trigger has a job of its own, as Quartz walks all triggers of a job when one ends. */
  private long count;

  private boolean closed;

  /**
   * Creates a scheduler.
   *
   * @param fired receives the cluster and the requested instant; must return at once
   */
  public QuartzTriggers(BiConsumer<String, Instant> fired) {
    this.fired = fired;
    try {
      scheduler = new StdSchedulerFactory(properties()).getScheduler();
      scheduler.setJobFactory((bundle, quartz) -> new Looks(this::fire));
    } catch (SchedulerException fault) {
      throw new IllegalStateException("Quartz can't be prepared", fault);
    }
  }

  private static Properties properties() {
    Properties quartz = new Properties();
    quartz.setProperty(
        StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, "backstop-" + SCHEDULERS.incrementAndGet());
    quartz.setProperty(StdSchedulerFactory.PROP_SCHED_MAKE_SCHEDULER_THREAD_DAEMON, "true");
    quartz.setProperty(StdSchedulerFactory.PROP_JOB_STORE_CLASS, RAMJobStore.class.getName());
    quartz.setProperty(
        StdSchedulerFactory.PROP_THREAD_POOL_CLASS, SimpleThreadPool.class.getName());
    quartz.setProperty("org.quartz.threadPool.threadCount", "1");
    quartz.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    return quartz;
  }

  /** Starts the scheduler. */
  public void start() {
    try {
      scheduler.start();
    } catch (SchedulerException fault) {
      throw new IllegalStateException("Quartz can't be started", fault);
    }
  }

  @Override
  public synchronized void at(String cluster, Instant when) {
    Instant due = roundedUp(when);
    if (closed || due.equals(dueTimes.get(cluster))) {
      return;
    }
    withdraw(cluster);
    SharedTrigger shared = triggers.computeIfAbsent(due, this::schedule);
    shared.clusters().add(cluster);
    dueTimes.put(cluster, due);
  }

  private SharedTrigger schedule(Instant due) {
    String name = Long.toString(++count);
    JobDetail job = JobBuilder.newJob(Looks.class).withIdentity(name).build();
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(name)
            .startAt(Date.from(due))
            // A late trigger fires at once, with the time that was requested.
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withMisfireHandlingInstructionIgnoreMisfires())
            .build();
    try {
      scheduler.scheduleJob(job, trigger);
    } catch (SchedulerException fault) {
      throw new IllegalStateException("Quartz can't arrange looks at " + due, fault);
    }
    return new SharedTrigger(trigger.getKey(), new LinkedHashSet<>());
  }

  @Override
  public synchronized void cancel(String cluster) {
    if (!closed) {
      withdraw(cluster);
    }
  }

  /** Takes a cluster's request back, and the trigger with it where no other cluster shares it. */
  private void withdraw(String cluster) {
    Instant due = dueTimes.remove(cluster);
    SharedTrigger shared = due == null ? null : triggers.get(due);
    if (shared == null) {
      return;
    }
    shared.clusters().remove(cluster);
    if (shared.clusters().isEmpty()) {
      triggers.remove(due);
      try {
        scheduler.unscheduleJob(shared.key());
      } catch (SchedulerException fault) {
        throw new IllegalStateException("Quartz can't drop the look at " + cluster, fault);
      }
    }
  }

  /** Passes on all clusters that are due then; one that the consumer throws at stops no other. */
  private void fire(Instant due) {
    RuntimeException failure = null;
    for (String cluster : taken(due)) {
      try {
        fired.accept(cluster, due);
      } catch (RuntimeException thrown) {
        failure = failure == null ? thrown : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** A trigger that fires while its clusters are withdrawn finds none. */
  private synchronized Set<String> taken(Instant due) {
    SharedTrigger shared = triggers.remove(due);
    if (shared == null) {
      return Set.of();
    }
    shared.clusters().forEach(dueTimes::remove);
    return shared.clusters();
  }

  @Override
  public Instant next(Schedule schedule, Instant after) {
    return CronExpressions.next(schedule, after);
  }

  /** Stops the scheduler without waiting for a trigger that fires now. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException fault) {
      throw new IllegalStateException("Quartz can't be stopped", fault);
    }
  }

  /** Returns the instant rounded up to milliseconds, the precision of Quartz. */
  private static Instant roundedUp(Instant when) {
    Instant down = when.truncatedTo(ChronoUnit.MILLIS);
    return down.equals(when) ? when : down.plusMillis(1);
  }

  /**
   * A trigger of Quartz, and the clusters that it fires for.
   *
   * @param clusters at least one; changed under the lock alone
   */
  private record SharedTrigger(TriggerKey key, Set<String> clusters) {}

  /** Passes on one trigger that fires. */
  private record Looks(Consumer<Instant> fire) implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      fire.accept(context.getScheduledFireTime().toInstant());
    }
  }
}
