package dev.backstop.config;

import dev.backstop.policy.Coverage;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.Policy;
import dev.backstop.policy.Schedule;
import dev.backstop.text.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the bytes of one policy file; holds no state. */
public final class PolicyReader {

  private static final Duration VERIFY_WITHIN = Duration.ofMinutes(15);

  private static final ValueType<Mode> MODE = Values.word(List.of(Mode.values()), Mode::word);

  private static final ValueType<OnDelete> ON_DELETE =
      Values.word(List.of(OnDelete.values()), OnDelete::word);

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
    YamlDocument document =
        ContentBoundary.within(problems, () -> YamlDocument.read(bytes, problems));
    MappingNode root = document == null ? null : document.root();
    String stem = stem(file);
    Policy policy =
        root == null
            ? null
            : ContentBoundary.within(problems, () -> policy(root, stem, now, problems));
    Node name = root == null ? null : nameNode(root);
    if (policy == null || !problems.isEmpty()) {
      return rejected(file, document, stem, name, problems);
    }
    return new PolicyReading(
        file, policy, policy.name(), policy.cluster(), line(name), column(name), List.of());
  }

  private PolicyReading rejected(
      String file,
      @Nullable YamlDocument document,
      String stem,
      @Nullable Node nameNode,
      Problems problems) {
    String name =
        document == null ? null : document.lacks("name") ? stem : document.glimpse("name");
    String cluster = document == null ? null : document.glimpse("cluster");
    return new PolicyReading(
        file,
        null,
        // What no policy can be called, or no cluster is, is a slip of the pen: what was meant is
        // not known.
        name != null && Values.NAME.matcher(name).matches() ? name : null,
        cluster != null && defaults.knows(cluster) ? cluster : null,
        line(nameNode),
        column(nameNode),
        problems.sorted());
  }

  private static @Nullable Node nameNode(MappingNode root) {
    for (NodeTuple tuple : root.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals("name")) {
        return tuple.getValueNode();
      }
    }
    return null;
  }

  private @Nullable Policy policy(MappingNode root, String stem, Instant now, Problems problems) {
    Section section = Section.of(root, "", Keys.POLICY, problems);
    String name = name(section, stem);
    String cluster = section.required("cluster", this::cluster, "cluster: hz-prod");
    Coverage coverage = TenantList.read(section);
    DesiredReader wishes = DesiredReader.read(section);
    Mode mode = section.value("mode", MODE, Mode.ENFORCE);
    Schedule schedule = schedule(section, now);
    OnDelete onDelete = section.value("onDelete", ON_DELETE, OnDelete.STOP);
    Duration verifyWithin =
        section.value("verifyWithin", Values.duration(Duration.ofSeconds(1)), VERIFY_WITHIN);
    if (name == null || cluster == null || coverage == null || wishes == null || schedule == null) {
      return null;
    }
    return new Policy(
        name,
        cluster,
        coverage,
        wishes.data(),
        wishes.log(),
        mode,
        schedule,
        onDelete,
        verifyWithin);
  }

  private static @Nullable String name(Section section, String stem) {
    if (section.has("name")) {
      return section.value("name", Values::name);
    }
    try {
      return Values.name(stem);
    } catch (MalformedValue malformed) {
      section.problemAtValue(
          "name",
          "is missing and the file's name cannot stand in for it: it " + malformed.getMessage());
      return null;
    }
  }

  private String cluster(String text) throws MalformedValue {
    String name = Values.name(text);
    Set<String> known = defaults.clusters();
    if (known == null || known.contains(name)) {
      return name;
    }
    throw new MalformedValue(
        "must be a cluster of the configuration ("
            + (known.isEmpty() ? "it has none" : String.join(", ", new TreeSet<>(known)))
            + "), not "
            + Values.quote(name)
            + Suggestion.hint(name, known));
  }

  private @Nullable Schedule schedule(Section section, Instant now) {
    ZoneId zone = section.value("timezone", Values::zone, defaults.zone());
    Duration every =
        section.value("every", Values.duration(Duration.ofSeconds(1)), defaults.every());
    if (!section.has("schedule")) {
      return Schedule.every(every, zone);
    }
    if (section.has("every")) {
      section.problemAtKey("every", "every and schedule exclude each other; keep one of them");
    }
    String cron = section.value("schedule", text -> cron(text, zone, now));
    return cron == null ? null : Schedule.cron(cron, defaults.every(), zone);
  }

  private String cron(String text, ZoneId zone, Instant now) throws MalformedValue {
    String expression = text.strip();
    if (Durations.parse(expression).isPresent()) {
      throw new MalformedValue(
          "must be a cron expression; for an interval write every: " + expression + " instead");
    }
    Optional<String> problem = cronCheck.problem(expression, zone, now);
    if (problem.isPresent()) {
      throw new MalformedValue(Values.quote(expression) + ": " + problem.get());
    }
    return expression;
  }

  private static String stem(String file) {
    String last = file.substring(file.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }

  private static int line(@Nullable Node node) {
    Mark mark = node == null ? null : node.getStartMark();
    return mark == null ? 1 : mark.getLine() + 1;
  }

  private static int column(@Nullable Node node) {
    Mark mark = node == null ? null : node.getStartMark();
    return mark == null ? 1 : mark.getColumn() + 1;
  }
}
