package dev.backstop.schedule;

import dev.backstop.policy.Schedule;
import dev.backstop.reconcile.Triggers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
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
 * One-shot triggers, one for each cluster, on an in-memory Quartz scheduler.
 *
 * <p>Nothing fires before {@link #start}; after {@link #close} every request is ignored. Triggers
 * that are due before the start or while the machine sleeps fire once, as soon as possible.
 */
public final class QuartzTriggers implements Triggers, AutoCloseable {

  /** Quartz keeps schedulers by name in the whole JVM. */
  private static final AtomicLong COUNT = new AtomicLong();

  private final Scheduler scheduler;

  /** The clusters that have a job: Quartz walks all triggers of a job whenever one of them ends. */
  private final Set<String> jobs = new HashSet<>();

  private boolean closed;

  /**
   * Creates a scheduler.
   *
   * @param fired receives the cluster and the requested instant; must return at once
   */
  public QuartzTriggers(BiConsumer<String, Instant> fired) {
    try {
      scheduler = new StdSchedulerFactory(properties()).getScheduler();
      scheduler.setJobFactory((bundle, quartz) -> new Look(fired));
    } catch (SchedulerException fault) {
      throw new IllegalStateException("Quartz can't be prepared", fault);
    }
  }

  private static Properties properties() {
    Properties quartz = new Properties();
    quartz.setProperty(
        StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, "backstop-" + COUNT.incrementAndGet());
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
    if (closed) {
      return;
    }
    TriggerKey key = TriggerKey.triggerKey(cluster);
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(key)
            .forJob(JobKey.jobKey(cluster))
            .startAt(Date.from(roundedUp(when)))
            // A late trigger fires at once, with the time that was requested.
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withMisfireHandlingInstructionIgnoreMisfires())
            .build();
    try {
      if (jobs.add(cluster)) {
        scheduler.addJob(look(cluster), false);
      }
      // Null where there is no earlier trigger; only this method adds triggers.
      if (scheduler.rescheduleJob(key, trigger) == null) {
        scheduler.scheduleJob(trigger);
      }
    } catch (SchedulerException fault) {
      throw new IllegalStateException("Quartz can't look at " + cluster + " at " + when, fault);
    }
  }

  private static JobDetail look(String cluster) {
    return JobBuilder.newJob(Look.class)
        .withIdentity(JobKey.jobKey(cluster))
        .storeDurably()
        .build();
  }

  @Override
  public synchronized void cancel(String cluster) {
    if (closed) {
      return;
    }
    try {
      scheduler.deleteJob(JobKey.jobKey(cluster));
      jobs.remove(cluster);
    } catch (SchedulerException fault) {
      throw new IllegalStateException("Quartz can't drop the look at " + cluster, fault);
    }
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

  /** Passes on one trigger that fires. */
  private record Look(BiConsumer<String, Instant> fired) implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      fired.accept(
          context.getTrigger().getKey().getName(), context.getScheduledFireTime().toInstant());
    }
  }
}
