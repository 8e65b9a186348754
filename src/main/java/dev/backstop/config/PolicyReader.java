package dev.backstop.config;

import dev.backstop.config.Node.Mapping;
import dev.backstop.config.Node.Place;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.Limits;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.Policy;
import dev.backstop.policy.Schedule;
import dev.backstop.policy.TenantRef;
import dev.backstop.text.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of one policy file; holds no state. */
public final class PolicyReader {

  private static final String KINDS = "secondaryBackup";
  private static final ValueType<Mode> MODE = ValueTypes.word(Mode.values(), Mode::word);
  private static final ValueType<OnDelete> ON_DELETE =
      ValueTypes.word(OnDelete.values(), OnDelete::word);
  private static final ValueType<Duration> INTERVAL = ValueTypes.duration(Duration.ofSeconds(1));

  private final PolicyDefaults defaults;
  private final CronCheck cronCheck;

  /** Reads by what the configuration says and by a judge of cron expressions. */
  public PolicyReader(PolicyDefaults defaults, CronCheck cronCheck) {
    this.defaults = defaults;
    this.cronCheck = cronCheck;
  }

  /**
   * Reads a file; never throws for what it holds.
   *
   * @param file the file's name or path as messages show it; its last part without the extension is
   *     the policy's name where the file gives none
   */
  public PolicyReading read(String file, byte[] bytes, Instant now) {
    Problems problems = new Problems(file);
    YamlFile yaml = problems.guard(() -> YamlFile.read(bytes, SizeLimit.POLICY, problems));
    Mapping root = yaml == null ? null : yaml.root();
    String stem = stem(file);
    Policy policy = root == null ? null : problems.guard(() -> policy(root, stem, now, problems));
    Place namePlace = root == null ? Place.START : placeOfName(root);
    if (policy != null && problems.isEmpty()) {
      return new PolicyReading(
          file,
          policy,
          policy.name(),
          policy.cluster(),
          namePlace.line(),
          namePlace.column(),
          List.of());
    }
    String name = yaml == null ? null : yaml.lacks("name") ? stem : yaml.topLevelValue("name");
    String cluster = yaml == null ? null : yaml.topLevelValue("cluster");
    return new PolicyReading(
        file,
        null,
        // What no policy can be called, or no cluster is, is a typing error: what was meant is not
        // known.
        name != null && ValueTypes.isName(name) ? name : null,
        cluster != null && defaults.knows(cluster) ? cluster : null,
        namePlace.line(),
        namePlace.column(),
        problems.sorted());
  }

  private static Place placeOfName(Mapping root) {
    return root.entries().stream()
        .filter(entry -> entry.isOf("name"))
        .map(entry -> entry.value().place())
        .findFirst()
        .orElse(Place.START);
  }

  private @Nullable Policy policy(Mapping root, String stem, Instant now, Problems problems) {
    Section section = new Section(root, "", Description.POLICY, problems);
    String name = name(section, stem);
    String cluster = cluster(section);
    Set<TenantRef> tenants =
        section.list(
            "tenants",
            PolicyValues::tenant,
            "name at least one tenant, or take the key away for the whole cluster");
    Section kinds = section.hasMapping(KINDS) ? section.findSection(KINDS) : null;
    Desired both = kinds == null ? section.find(KINDS, PolicyValues::desired) : null;
    Desired data = kinds == null ? both : kinds.find("data", PolicyValues::desired);
    Desired log = kinds == null ? both : kinds.find("log", PolicyValues::desired);
    Mode mode = section.get("mode", MODE);
    Schedule schedule = schedule(section, now);
    OnDelete onDelete = section.get("onDelete", ON_DELETE);
    Duration verifyWithin = section.get("verifyWithin", INTERVAL);
    Limits limits = new LimitsReader(section, defaults).read(schedule.zone());
    if (name == null || cluster == null || data == null || log == null) {
      return null;
    }
    return new Policy(
        name,
        cluster,
        tenants == null || tenants.isEmpty() ? Coverage.WHOLE_CLUSTER : Coverage.of(tenants),
        data,
        log,
        mode,
        schedule,
        onDelete,
        verifyWithin,
        limits);
  }

  private static @Nullable String name(Section section, String stem) {
    if (section.has("name") || ValueTypes.isName(stem)) {
      return section.has("name") ? section.find("name", ValueTypes::name) : stem;
    }
    section.refuseValue(
        "name",
        "is missing and the file's name cannot stand in for it: it " + ValueTypes.notAName(stem));
    return null;
  }

  private @Nullable String cluster(Section section) {
    String cluster = section.find("cluster", ValueTypes::name);
    Set<String> known = defaults.clusters();
    if (cluster != null && known != null && !known.contains(cluster)) {
      section.refuseValue(
          "cluster",
          "must be a cluster of the configuration (%s), not %s%s"
              .formatted(
                  known.isEmpty() ? "it has none" : String.join(", ", new TreeSet<>(known)),
                  ValueTypes.quote(cluster),
                  Suggestion.hint(cluster, known)));
    }
    return cluster;
  }

  private Schedule schedule(Section section, Instant now) {
    section.refuseBoth("schedule", "every");
    ZoneId zone = section.get("timezone", Zones::read, defaults.zone());
    Duration every = section.get("every", INTERVAL, defaults.every());
    String cron = section.find("schedule", String::strip);
    if (cron == null) {
      return Schedule.every(every, zone);
    }
    if (Durations.parse(cron).isPresent()) {
      section.refuseValue(
          "schedule",
          "must be a cron expression; for an interval write every: " + cron + " instead");
    } else {
      cronCheck
          .problem(cron, zone, now)
          .ifPresent(
              problem -> section.refuseValue("schedule", ValueTypes.quote(cron) + ": " + problem));
    }
    return Schedule.cron(cron, defaults.every(), zone);
  }

  private static String stem(String file) {
    String last = file.substring(file.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }
}
