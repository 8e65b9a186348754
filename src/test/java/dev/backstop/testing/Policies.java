package dev.backstop.testing;

import dev.backstop.observation.Kind;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.Limits;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.Policy;
import dev.backstop.policy.Schedule;
import dev.backstop.policy.TenantRef;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Builds policies; one that nothing is said of covers the whole of cluster {@code c1}, says off,
 * enforces, looks every 30 s, stops on deletion and verifies within 15 min.
 */
public final class Policies {

  private final String name;
  private String cluster = "c1";
  private Coverage coverage = Coverage.WHOLE_CLUSTER;
  private Desired data = Desired.OFF;
  private Desired log = Desired.OFF;
  private Mode mode = Mode.ENFORCE;
  private OnDelete onDelete = OnDelete.STOP;
  private Schedule schedule = Schedule.every(Duration.ofSeconds(30), ZoneOffset.UTC);
  private Duration verifyWithin = Duration.ofMinutes(15);
  private Limits limits = Limits.NONE;

  private Policies(String name) {
    this.name = name;
  }

  /** Begins a policy. */
  public static Policies policy(String name) {
    return new Policies(name);
  }

  /** Sets the cluster. */
  public Policies on(String clusterName) {
    cluster = clusterName;
    return this;
  }

  /** Narrows it to tenants, by ids or names. */
  public Policies tenants(String... refs) {
    coverage = Coverage.of(Arrays.stream(refs).map(TenantRef::new).toList());
    return this;
  }

  /** Forbids both kinds. */
  public Policies off() {
    return desired(Desired.OFF, Desired.OFF);
  }

  /** Permits both kinds. */
  public Policies on() {
    return desired(Desired.ON, Desired.ON);
  }

  /** Permits one kind and leaves the other as it is. */
  public Policies on(Kind kind) {
    return kind == Kind.DATA ? desired(Desired.ON, log) : desired(data, Desired.ON);
  }

  private Policies desired(Desired forData, Desired forLog) {
    data = forData;
    log = forLog;
    return this;
  }

  /** Lets it only observe. */
  public Policies observe() {
    mode = Mode.OBSERVE;
    return this;
  }

  /** Says what deleting its file means. */
  public Policies onDelete(OnDelete meaning) {
    onDelete = meaning;
    return this;
  }

  /** Sets how often to look. */
  public Policies every(Duration interval) {
    return schedule(Schedule.every(interval, ZoneOffset.UTC));
  }

  /** Sets when to look. */
  public Policies schedule(Schedule wanted) {
    schedule = wanted;
    return this;
  }

  /** Sets how long a stop may take. */
  public Policies verifyWithin(Duration patience) {
    verifyWithin = patience;
    return this;
  }

  /** Permits both kinds within limits. */
  public Policies within(Limits permitted) {
    limits = permitted;
    return on();
  }

  /** Permits one kind within limits. */
  public Policies within(Kind kind, Limits permitted) {
    limits = permitted;
    return on(kind);
  }

  /** Returns the policy. */
  public Policy build() {
    return new Policy(
        name, cluster, coverage, data, log, mode, schedule, onDelete, verifyWithin, limits);
  }
}
