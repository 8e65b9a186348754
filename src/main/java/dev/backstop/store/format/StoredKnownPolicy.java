package dev.backstop.store.format;

import dev.backstop.observation.Kind;
import dev.backstop.policy.Desired;
import dev.backstop.policy.FileIdentity;
import dev.backstop.policy.FolderIdentity;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy with what became of its file.
 *
 * @param seen null where the file never was read, or an earlier program did not keep it
 */
record StoredKnownPolicy(
    @Nullable Integer format,
    Policy policy,
    String file,
    StoredFileState presence,
    Instant since,
    @Nullable HoldReason hold,
    List<Kind> outstanding,
    boolean approved,
    String problem,
    @Nullable Instant doubtedSince,
    @Nullable SeenFile seen)
    implements Versioned {

  static StoredKnownPolicy of(KnownPolicy known) {
    return new StoredKnownPolicy(
        RecordFormat.VERSION,
        Policy.of(known.policy()),
        known.file(),
        StoredFileState.of(known.presence()),
        known.since().value(),
        known.hold(),
        known.outstanding().stream().sorted().toList(),
        known.approved(),
        known.problem(),
        StoredInstants.of(known.doubtedSince()),
        known.seen() == null ? null : SeenFile.of(known.seen()));
  }

  KnownPolicy toDomain() {
    return new KnownPolicy(
        policy.toDomain(),
        file,
        presence.state(),
        new TimelineInstant(since),
        hold,
        Set.copyOf(outstanding),
        approved,
        problem,
        StoredInstants.toDomain(doubtedSince),
        seen == null ? null : seen.toDomain());
  }

  record Policy(
      String name,
      String cluster,
      StoredCoverage coverage,
      Desired data,
      Desired log,
      Mode mode,
      Schedule schedule,
      OnDelete onDelete,
      Duration verifyWithin) {

    static Policy of(dev.backstop.policy.Policy policy) {
      return new Policy(
          policy.name(),
          policy.cluster(),
          StoredCoverage.of(policy.coverage()),
          policy.data(),
          policy.log(),
          policy.mode(),
          Schedule.of(policy.schedule()),
          policy.onDelete(),
          policy.verifyWithin());
    }

    dev.backstop.policy.Policy toDomain() {
      return new dev.backstop.policy.Policy(
          name,
          cluster,
          coverage.toDomain(),
          data,
          log,
          mode,
          schedule.toDomain(),
          onDelete,
          verifyWithin);
    }
  }

  record Schedule(@Nullable String cron, @Nullable Duration every, ZoneId zone) {

    static Schedule of(dev.backstop.policy.Schedule schedule) {
      return new Schedule(schedule.cron(), schedule.every(), schedule.zone());
    }

    dev.backstop.policy.Schedule toDomain() {
      return new dev.backstop.policy.Schedule(cron, every, zone);
    }
  }

  record SeenFile(String inode, String content, Folder folder) {

    static SeenFile of(FileIdentity identity) {
      return new SeenFile(
          identity.inode(), identity.content(), new Folder(identity.folder().text()));
    }

    FileIdentity toDomain() {
      return new FileIdentity(inode, content, new FolderIdentity(folder.text()));
    }
  }

  record Folder(String text) {}
}
