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
import java.util.stream.Stream;
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
    PolicyClusters clusters = new PolicyClusters(file, defaults);
    Policy policy =
        root == null ? null : problems.guard(() -> policy(root, stem, clusters, now, problems));
    Place namePlace = root == null ? Place.START : placeOfName(root);
    if (policy != null && problems.isEmpty()) {
      return new PolicyReading(
          file,
          clusters.known().stream().map(policy::on).toList(),
          clusters.faults(),
          policy.name(),
          clusters.known(),
          namePlace.line(),
          namePlace.column(),
          clusters.faults().values().stream().sorted().toList());
    }
    String name = yaml == null ? null : yaml.lacks("name") ? stem : yaml.topLevelValue("name");
    return PolicyReading.broken(
        file,
        // What no policy can be called is a typing error: what was meant is not known.
        name != null && ValueTypes.isName(name) ? name : null,
        yaml == null ? List.of() : clusters.named(yaml),
        namePlace.line(),
        namePlace.column(),
        Stream.concat(problems.sorted().stream(), clusters.faults().values().stream())
            .sorted()
            .toList());
  }

  private static Place placeOfName(Mapping root) {
    return root.entries().stream()
        .filter(entry -> entry.isOf("name"))
        .map(entry -> entry.value().place())
        .findFirst()
        .orElse(Place.START);
  }

  private @Nullable Policy policy(
      Mapping root, String stem, PolicyClusters clusters, Instant now, Problems problems) {
    Section section = new Section(root, "", Description.POLICY, problems);
    String name = name(section, stem);
    clusters.read(section);
    Set<TenantRef> tenants =
        section.list(
            "tenants",
            PolicyValues::tenant,
            "name at least one tenant, or take the key away for the whole cluster");
    clusters.refuseIds(section, tenants);
    Section kinds = section.hasMapping(KINDS) ? section.findSection(KINDS) : null;
    Desired both = kinds == null ? section.find(KINDS, PolicyValues::desired) : null;
    Desired data = kinds == null ? both : kinds.find("data", PolicyValues::desired);
    Desired log = kinds == null ? both : kinds.find("log", PolicyValues::desired);
    Mode mode = section.get("mode", MODE);
    Schedule schedule = schedule(section, now);
    OnDelete onDelete = section.get("onDelete", ON_DELETE);
    Duration verifyWithin = section.get("verifyWithin", INTERVAL);
    Limits limits = new LimitsReader(section, defaults).read(schedule.zone());
    if (name == null || clusters.known().isEmpty() || data == null || log == null) {
      return null;
    }
    return new Policy(
        name,
        clusters.known().get(0),
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
